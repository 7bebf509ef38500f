"""What the values of a column look like, whatever the column is called."""

import re
from collections.abc import Callable

from directory.documents.texts import is_web_address
from directory.exchange.mappings.countries import country_code
from directory.exchange.mappings.dates import read_date
from directory.exchange.mappings.languages import read_language
from directory.exchange.mappings.numbers import read_count, read_yes_no
from directory.exchange.mappings.points import read_degrees, read_point
from directory.exchange.mappings.terms import TermFinder
from directory.exchange.mappings.understood import NotUnderstood
from directory.models import Lifecycle

_EMAIL = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)
_BARE_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.I)
_PHONE = re.compile(r"\+?[0-9()][0-9()\s./-]{6,20}(?:\s*(?:x|ext\.?)\s*[0-9]+)?", re.I)
_POSTCODE = re.compile(
    r"[0-9]{4,6}|[0-9]{5}-[0-9]{3,4}|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
    r"|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{4} ?[A-Z]{2}|[A-Z]{1,2}-[0-9]{4,5}"
)
_HOURS = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|24/7|PH)\b.*", re.I)
Sign = Callable[[str], bool]


def _reads(read: Callable[[str], object]) -> Sign:
    def sign(text: str) -> bool:
        try:
            read(text)
        except NotUnderstood:
            return False
        return True

    return sign


def _is_website(text: str) -> bool:
    return is_web_address(text) if "://" in text else bool(_BARE_HOST.fullmatch(text))


def _is_degrees(most: float) -> Sign:
    def sign(text: str) -> bool:
        try:
            return abs(read_degrees(text)[0]) <= most and not text.strip().isdigit()
        except NotUnderstood:
            return False

    return sign


def signs(terms: TermFinder) -> dict[str, Sign]:
    """By target, whether a text looks like one of its values."""
    return {
        "email": lambda text: bool(_EMAIL.fullmatch(text)),
        "website": _is_website,
        "links": _is_website,
        "phone": lambda text: bool(_PHONE.fullmatch(text)) and sum(map(str.isdigit, text)) > 6,
        "postcode": lambda text: bool(_POSTCODE.fullmatch(text.upper())),
        "country": lambda text: text[:1].isupper() and bool(country_code(text)),
        "latitude": _is_degrees(90),
        "longitude": _is_degrees(180),
        "point": _reads(read_point),
        "founded": _reads(lambda text: read_date(text, "dmy")),
        "closed": _reads(lambda text: read_date(text, "dmy")),
        "members_count": _reads(read_count),
        "workers_count": _reads(read_count),
        "lifecycle": lambda text: text in Lifecycle.values,
        "language": _reads(read_language),
        "wheelchair": _reads(read_yes_no),
        "opening_hours": lambda text: bool(_HOURS.fullmatch(text)),
        "type": lambda text: bool(terms.code("type", text)),
        "value": lambda text: bool(terms.code("value", text)),
        "sector": lambda text: bool(terms.code("sector", text)),
    }

"""Websites, e-mail addresses and telephone numbers as files write them."""

import html
import re

import phonenumbers
from django.utils.translation import gettext as _

from directory.documents.texts import is_web_address
from directory.exchange.mappings.understood import NotUnderstood, Understood, of_one_value

_SEVERAL = re.compile(
    r"\s*[;|]\s*|,\s*(?=https?://|www\.)|\s+(?=https?://|@)|\s+(?:and|und|et|y|e|or)\s+"
)
_SLIP = re.compile(r"^(https?)(?::/(?!/)|//|;//|:///+|:\\\\)", re.I)
_NO_ADDRESS = re.compile(r"https?://(?:www\.)?/?", re.I)
_SEVERAL_NUMBERS = re.compile(r"\s*(?:[;|\n]|\s/\s|,\s*(?=[+0(]))\s*|\s+(?:or|ou|oder|o)\s+")


@of_one_value
def read_websites(text: str) -> Understood:
    """The web addresses in a cell, complete with scheme; host names without capitals.

    Raises NotUnderstood where none of its words is one.
    """
    found, others = [], []
    for part in _SEVERAL.split(html.unescape(text.strip())):
        part = _SLIP.sub(lambda slip: f"{slip[1].lower()}://", part.strip().strip("<>()"))
        if not part or _NO_ADDRESS.fullmatch(part):
            continue
        if "://" not in part:
            part = f"https://{part}"
        scheme, _mark, rest = part.partition("://")
        host, slash, path = rest.partition("/")
        address = f"{scheme.lower()}://{host.lower()}{slash}{path.replace(' ', '%20')}"
        (found if is_web_address(address) else others).append(address)
    if others and not found:
        raise NotUnderstood(_("Write a web address, like https://example.org."))
    note = _("What is no web address was left out.") if others else ""
    return Understood(list(dict.fromkeys(found)), note)


@of_one_value
def read_email(text: str) -> Understood:
    """The first e-mail address in a cell, without `mailto:`."""
    parts = re.split(r"[;,\s]+", text.strip().removeprefix("mailto:").strip("<>"))
    note = _("Only the first address was taken.") if len(list(filter(None, parts))) > 1 else ""
    first = next((part.strip("<>") for part in parts if "@" in part), "")
    if not first:
        raise NotUnderstood(_("Write an e-mail address, like name@example.org."))
    return Understood(first, note)


@of_one_value
def read_phone(text: str, country: str) -> Understood:
    """The first telephone number in a cell as E.164, dialled from the country where it names none.

    Raises NotUnderstood.
    """
    parts = [part for part in _SEVERAL_NUMBERS.split(text.strip()) if part]
    written = parts[0].removeprefix("tel:") if parts else ""
    try:
        number = phonenumbers.parse(written.replace("(0)", ""), country or None)
    except phonenumbers.NumberParseException as error:
        raise NotUnderstood(
            _("Write the number with its country code, like +1 202 555 0142.")
        ) from error
    if not phonenumbers.is_possible_number(number):
        raise NotUnderstood(_("The number has too few or too many digits."))
    found = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if number.extension:
        found += f";ext={number.extension}"
    note = _("Only the first number was taken.") if len(parts) > 1 else ""
    return Understood(found, note)

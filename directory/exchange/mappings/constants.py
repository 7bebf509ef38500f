"""What is said for all rows at once, held against the understanding that cells meet."""

import re

from django.utils.translation import gettext as _

from directory.exchange.mappings.countries import country_code
from directory.exchange.mappings.languages import read_language
from directory.exchange.mappings.terms import TermFinder
from directory.exchange.mappings.understood import NotUnderstood
from directory.models import CLAIMABLE_SCHEMES

_BETWEEN = re.compile(r"[,;|]")


def several(target: str, text: str) -> str | list[str]:
    """What an editor typed for all rows: one value, or the several that a list may have."""
    if target not in CLAIMABLE_SCHEMES or TermFinder().code(target, text):
        return text.strip()
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    return parts if len(parts) > 1 else text.strip()


def why_not(target: str, text: str) -> str:
    """Why this cannot hold for all rows, with what would be right; "" where it can."""
    if not text:
        return ""
    if target == "country":
        known = country_code(text)
        told = _("There is no country “%(value)s”. Write its name, or its two letters, like US.")
        return "" if known else told % {"value": text}
    if target == "language":
        return _why_no_language(text)
    return _why_no_term(target, text) if target in CLAIMABLE_SCHEMES else ""


def _why_no_language(text: str) -> str:
    try:
        read_language(text)
    except NotUnderstood as reason:
        return _("“%(value)s” is no language. %(reason)s") % {"value": text, "reason": reason}
    return ""


def _why_no_term(scheme: str, text: str) -> str:
    finder, found = TermFinder(), several(scheme, text)
    unknown = [
        part
        for part in ([found] if isinstance(found, str) else found)
        if not finder.code(scheme, part)
    ]
    if not unknown:
        return ""
    return _(
        "The vocabulary has no term “%(value)s” here. Write the code, the label or a synonym of "
        "one in any language, several with commas between them."
    ) % {"value": "”, “".join(unknown)}

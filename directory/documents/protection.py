"""Whom an exact address could harm: their locations are published as a town unless chosen."""

from typing import Any

from directory.models import vocabulary

# Member of Term.details: how exactly locations of such an enterprise are published by default.
DEFAULT = "published_precision"


def protect_locations(given: dict[str, Any], checked: dict[str, Any]) -> None:
    """Give the checked document's locations the precision that its terms ask for.

    Only where the document as it was given says nothing of it: whoever writes a precision has
    chosen it. Mutual aid groups, clinics and shelters are published by town, so that nobody who
    must not find them does.
    """
    precision = _precision_of(checked["claims"])
    if not precision:
        return
    for written, location in zip(given.get("locations") or [], checked["locations"], strict=True):
        if not written.get("precision"):
            location["precision"] = precision


def _precision_of(claims: list[dict[str, Any]]) -> str:
    terms = vocabulary()
    for claim in claims:
        term = terms.get(claim["scheme"], claim["code"])
        if term and (found := term.details.get(DEFAULT)):
            return found
    return ""

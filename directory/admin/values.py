"""Names of a document's fields and its values in words, for editors."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.documents import Change
from directory.models import Lifecycle, Organization, Precision, vocabulary

LONGEST_VALUE = 200
CHOICES = {"precision": Precision, "lifecycle": Lifecycle}


def label_of(field: str) -> str:
    """The field's name in words; a part's from its table."""
    rows = {"sources": "source_records"}.get(field, field)
    found = Organization._meta.get_field(rows)
    if found.is_relation:
        return str(found.related_model._meta.verbose_name_plural)
    return str(found.verbose_name)


def change_in_words(change: Change) -> tuple[str, str, str]:
    """What a change is of, the value before it and the value after it; "" for none."""
    steps = (str(key + 1) if isinstance(key, int) else str(key) for key in change.path[1:])
    label = capfirst(" ".join([label_of(change.field), *steps]))
    return label, _side(change, change.before), _side(change, change.after)


def _side(change: Change, value: Any) -> str:
    if change.field == "claims" and isinstance(value, dict):
        return claim_in_words(value)
    return value_in_words(str(change.path[-1]), value)


def claim_in_words(claim: dict[str, Any]) -> str:
    """The term by its label, and what is stated of it."""
    term = vocabulary().get(claim["scheme"], claim["code"])
    label = term.label if term else claim["code"]
    return ": ".join(filter(None, [label, claim.get("statement", "")]))


def value_in_words(name: str, value: Any) -> str:
    """The value of a member of a document as one line: a choice by its label."""
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    return in_one_line(value)


def in_one_line(value: object) -> str:
    """A value as one line: a part by what it holds."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return _cut(
            ", ".join(in_one_line(held) for held in value.values() if held not in (None, "", False))
        )
    if isinstance(value, list):
        return _cut("; ".join(in_one_line(held) for held in value))
    return _cut("" if value is None else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} …"

"""Writing terms of the vocabulary."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import F

from directory.models import LogCounter, Term
from directory.models.vocabulary import let_go_of_vocabulary

DEFAULTS: dict[str, Any] = {
    "order": 0,
    "is_active": True,
    "labels": {},
    "definitions": {},
    "notes": {},
    "synonyms": {},
    "mappings": [],
    "details": {},
}


@transaction.atomic
def save_term(term: Term) -> None:
    """Write a term, checked; every process sees it from its next question on.

    Raises django.core.exceptions.ValidationError by field.
    """
    _write(term)
    _count_change()


@transaction.atomic
def load_terms(scheme: str, entries: list[dict[str, Any]]) -> int:
    """Bring the scheme up to date with the entries of our file; how many rows changed.

    Parents come before children. What an editor changed since the last load stays as it is, and so
    do terms that editors added; a term of ours that left the file goes out of use.
    Raises django.core.exceptions.ValidationError where an entry is not in shape.
    """
    rows = {term.code: term for term in Term.objects.in_scheme(scheme).select_related("parent")}
    changed = sum(_load(scheme, entry, rows) for entry in entries)
    codes = {entry["code"] for entry in entries}
    for term in rows.values():
        if term.code not in codes and term.shipped_digest and term.is_active:
            term.is_active = False
            term.save(update_fields=["is_active", "updated_at"])
            changed += 1
    if changed:
        _count_change()
    return changed


def _load(scheme: str, entry: dict[str, Any], rows: dict[str, Term]) -> bool:
    """One entry of the file; whether its row changed."""
    values = DEFAULTS | {name: entry[name] for name in DEFAULTS if name in entry}
    digest = _digest(values, entry.get("parent") or "")
    term = rows.get(entry["code"])
    if term is None:
        term = rows[entry["code"]] = Term(scheme=scheme, code=entry["code"])
    elif term.shipped_digest == digest or _is_edited(term):
        return False
    for name, value in values.items():
        setattr(term, name, value)
    term.parent = rows[entry["parent"]] if entry.get("parent") else None
    term.shipped_digest = digest
    _write(term)
    return True


def _is_edited(term: Term) -> bool:
    """Whether somebody changed it since our file was last loaded, or added it themselves."""
    values = {name: getattr(term, name) for name in DEFAULTS}
    return term.shipped_digest != _digest(values, term.parent.code if term.parent else "")


def _digest(values: dict[str, Any], parent: str) -> str:
    text = json.dumps([values, parent], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _write(term: Term) -> None:
    term.full_clean(validate_unique=False, validate_constraints=False)
    term.save()


def _count_change() -> None:
    """Number the change; the row stays locked until commit, so none overtakes another."""
    if not LogCounter.objects.filter(pk=1).update(vocabulary=F("vocabulary") + 1):
        LogCounter.objects.get_or_create(pk=1, defaults={"vocabulary": 1})
    let_go_of_vocabulary()

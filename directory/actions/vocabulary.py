"""Loading terms of a vocabulary."""

from typing import Any

from django.db import transaction

from directory.models import Term

TEXT_COLUMNS = (
    "order",
    "is_active",
    "labels",
    "definitions",
    "notes",
    "synonyms",
    "mappings",
    "details",
)
DEFAULTS: dict[str, Any] = {
    "definitions": {},
    "notes": {},
    "synonyms": {},
    "mappings": [],
    "details": {},
    "is_active": True,
}


@transaction.atomic
def load_terms(scheme: str, entries: list[dict[str, Any]]) -> int:
    """Make the scheme's terms those of the entries; how many rows changed.

    Parents come before children. A term that is no longer among the entries is kept, out of use:
    codes never go away. Terms that say the same already are left alone.
    """
    rows = {term.code: term for term in Term.objects.in_scheme(scheme)}
    changed = 0
    for entry in entries:
        values = DEFAULTS | {name: entry[name] for name in TEXT_COLUMNS if name in entry}
        values["parent"] = rows[entry["parent"]] if entry.get("parent") else None
        row = rows.get(entry["code"])
        if row is None:
            rows[entry["code"]] = Term.objects.create(scheme=scheme, code=entry["code"], **values)
            changed += 1
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            changed += 1
    codes = [entry["code"] for entry in entries]
    gone = Term.objects.in_scheme(scheme).active().exclude(code__in=codes)
    for term in gone:
        term.is_active = False
        term.save(update_fields=["is_active", "updated_at"])
        changed += 1
    return changed

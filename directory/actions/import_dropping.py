"""Rows of imports deleted: an import may have hundreds of thousands, each with a document."""

from typing import Any

from django.db import transaction

from directory.models import ImportRow

ROWS_AT_ONCE = 500  # Rows that others point to are loaded to be deleted.


def drop_rows(rows: Any) -> int:
    """Delete these rows in portions, each a transaction unless the caller has one; how many."""
    count = last = 0
    while keys := _keys(rows, last):
        with transaction.atomic():
            ImportRow.objects.filter(pk__in=keys).only("pk").delete()
        count, last = count + len(keys), keys[-1]
    return count


def _keys(rows: Any, last: int) -> list[int]:
    behind = rows.filter(pk__gt=last).order_by("pk")
    return list(behind.values_list("pk", flat=True)[:ROWS_AT_ONCE])

"""What SQLite needs done its own way: beginnings of names, and how long to wait for a lock.

Its LIKE does not use the index on `folded`; its texts compare byte by byte, so a range is right.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet

LAST_LETTER = "\U0010ffff"


def names_beginning(names: QuerySet, start: str) -> QuerySet:
    """Rows of PlaceName whose folded name begins so."""
    return names.filter(folded__gte=start, folded__lt=start + LAST_LETTER)


@contextmanager
def brief_write(milliseconds: int) -> Iterator[None]:
    """A transaction that waits so long for another writer, and then gives up with a DatabaseError."""
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual:d}")

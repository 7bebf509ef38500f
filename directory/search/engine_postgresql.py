"""What PostgreSQL needs done its own way: beginnings of names, and how long to wait for a lock.

Beginnings go by LIKE: the index with varchar_pattern_ops answers it; a range would follow the
collation of the database, in which letters and blanks sort by other rules.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet


def names_beginning(names: QuerySet, start: str) -> QuerySet:
    """Rows of PlaceName whose folded name begins so; Django escapes % and _."""
    return names.filter(folded__startswith=start)


@contextmanager
def brief_write(milliseconds: int) -> Iterator[None]:
    """A transaction that waits so long for another writer, and then gives up with a DatabaseError."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {milliseconds:d}")
        yield

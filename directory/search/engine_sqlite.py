"""What SQLite needs done its own way: beginnings of names by a range of the index.

Its LIKE does not use the index on `folded`; its texts compare byte by byte, so a range is right.
"""

from django.db.models import QuerySet

LAST_LETTER = "\U0010ffff"


def names_beginning(names: QuerySet, start: str) -> QuerySet:
    """Rows of PlaceName whose folded name begins so."""
    return names.filter(folded__gte=start, folded__lt=start + LAST_LETTER)

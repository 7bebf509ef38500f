"""What PostgreSQL needs done its own way: beginnings of names by LIKE.

The index with varchar_pattern_ops answers it; a range would follow the collation of the database,
in which letters and blanks sort by other rules.
"""

from django.db.models import QuerySet


def names_beginning(names: QuerySet, start: str) -> QuerySet:
    """Rows of PlaceName whose folded name begins so; Django escapes % and _."""
    return names.filter(folded__startswith=start)

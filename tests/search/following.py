"""What an index finds after much has happened, to be compared with another one."""

from directory.models import Organization
from directory.search.engine import search
from directory.search.query import Query

WORDS = ("", "anna", "ben", "draft", "final", "undone", "shared")


def found_by_words() -> dict[str, list[str]]:
    """Names in the order in which they are found, by the words asked for."""
    found = {}
    for words in WORDS:
        ids = [hit.organization_id for hit in search(Query(words=words, page_size=100)).hits]
        rows = Organization.objects.in_bulk(ids)
        found[words] = [rows[pk].name for pk in ids]
    return found

"""The index held against the database, counted plainly: listing by listing, without any index.

All listings, every value of every facet and of everything else that filters ask for, the words of
names and texts, exact keys, and the cells of the map at several zooms. Not compared: words of
places and terms, which follow from what is, and what only orders the listings.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory.models import Organization
from directory.search.entries import CHECKED_FROM
from directory.search.index_counts import index_counts
from directory.search.live import current
from directory.search.log import last_position
from directory.search.plain_counts import database_counts


class ChangedMeanwhile(Exception):
    """The log grew while the listings were counted, so the counts are of different moments."""


@dataclass(frozen=True)
class Difference:
    """A count on which index and database do not agree."""

    kind: str
    value: str
    in_index: int
    in_database: int

    def __str__(self) -> str:
        counts = f"{self.in_index} in the index, {self.in_database} in the database"
        return f"{self.kind} {self.value}".strip() + f": {counts}"


def compare(progress: Callable[[int], Any]) -> tuple[list[Difference], int]:
    """Where index and database differ, and how many counts were compared.

    `progress` is told how many listings are counted. Raises ChangedMeanwhile, SearchIsBeingBuilt.
    """
    today = timezone.localdate()
    with current(is_whole=True) as (index, sequence):
        in_index = index_counts(index, today)
        in_database = database_counts(index.phrases, today, progress)
    last = last_position()
    if sequence != (last[0] if last else 0):
        raise ChangedMeanwhile
    if _is_ageing_due(today):
        for counts in (in_index, in_database):
            del counts["checked", ""]
    keys = sorted(in_index.keys() | in_database.keys())
    found = [
        Difference(*key, in_index[key], in_database[key])
        for key in keys
        if in_index[key] != in_database[key]
    ]
    return found, len(keys)


def _is_ageing_due(today: datetime.date) -> bool:
    """Whether checks grew old that the log does not tell of yet (`actions.ageing`), so that the
    index may still count them."""
    stale = Organization.objects.stale(today).filter(stale_since=None)
    return stale.filter(verification__gte=CHECKED_FROM).exists()

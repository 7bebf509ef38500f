"""Where an index stands in the log, and what came after."""

import datetime

from django.db import connection
from django.db.models import Count, Max

from directory.models import Organization, Revision

# What makes a place in the log this one and no other, also in a database that took its numbers
# back: `pk` and `sequence` come again after a rollback, the time does not.
LOG_COLUMNS = ("sequence", "pk", "created_at", "organization_id")
Position = tuple  # of LOG_COLUMNS; empty where the log is


def last_position() -> Position:
    """The end of the log."""
    last = Revision.objects.newest_first().values_list(*LOG_COLUMNS).first()
    return tuple(last) if last else ()


def news_after(position: Position, most: int) -> list[Position] | None:
    """Up to `most` changes after a place in the log; None if that place is not there any more."""
    known = position[0] if position else 0
    rows = Revision.objects.filter(sequence__gte=known).order_by("sequence")
    found = list(rows.values_list(*LOG_COLUMNS)[: most + 1])
    if not position:
        return found[:most]
    return found[1:] if found and found[0] == position else None


def rows_from(position: Position, most: int) -> list[tuple]:
    """The change at a place in the log and up to `most` after it, as the database gives them.

    Written out, since every search asks: composed from models it takes ten times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, id, created_at, organization_id FROM directory_revision"
            " WHERE sequence >= %s ORDER BY sequence LIMIT %s",
            [position[0] if position else 0, most + 1],
        )
        return cursor.fetchall()


def unlogged_stamp(position: Position, *, is_quick: bool) -> list:
    """A stamp of the listings while the log is empty: rows loaded past it count as well.

    `is_quick` tells only rows that were added, which takes no time however many there are.
    """
    if position:
        return []
    if is_quick:
        return [Organization.objects.aggregate(last=Max("pk"))["last"]]
    published = Organization.objects.published()
    found = published.aggregate(Count("pk"), Max("pk"), last=Max("updated_at"))
    return [str(value) for value in found.values()]


def is_followed(position: Position, unlogged: list) -> bool:
    """Whether the log goes on from a place where an index was made, so that it can be followed."""
    is_known = news_after(position, 1) is not None
    return is_known and unlogged == unlogged_stamp(position, is_quick=True)


def position_as_text(position: Position) -> list:
    """A place in the log as it is written into a segment."""
    return [part.isoformat() if isinstance(part, datetime.datetime) else part for part in position]


def position_of_text(parts: list) -> Position:
    """The place in the log that `position_as_text` wrote."""
    if not parts:
        return ()
    sequence, pk, created_at, organization_id = parts
    return (sequence, pk, datetime.datetime.fromisoformat(created_at), organization_id)

"""What people do to listings, drawn at random and done through the actions."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import strategies as st

from directory.actions import confirmations, organizations
from directory.actions.log import open_changeset, record
from directory.models import (
    Door,
    Organization,
    Publication,
    RevisionKind,
    VerificationEvent,
    VerificationLevel,
)
from directory.search import live
from directory.search.segment_building import build_segment
from directory.search.segments import folder_of_database
from tests.search.reference.small_world import documents

BY = {"by": None, "door": Door.COMMAND}
TAKEN_DOWN = ("unpublished", "withdrawn")
DAYS_AGO = (0, 1, 180, 181, 365, 366, 540, 541, 1000)  # Around the days on which checks grow old.


@dataclass(frozen=True)
class Change:
    """One thing done: to which of the listings that it can be done to, and with what."""

    what: str
    which: int = 0
    given: Any = None

    def happen(self) -> None:
        """Do it; nothing happens where there is no such listing."""
        CHANGES[self.what](self)

    def pick(self, rows: QuerySet) -> Any:
        """One of the rows, or None."""
        ids = [*rows.order_by("pk").values_list("pk", flat=True)]
        return rows.get(pk=ids[self.which % len(ids)]) if ids else None


def add(change: Change) -> None:
    organizations.publish(organizations.add(change.given, **BY), **BY)


def edit(change: Change) -> None:
    if organization := change.pick(Organization.objects.exclude(publication="merged")):
        organizations.edit(organization, change.given, **BY)


def unpublish(change: Change) -> None:
    if organization := change.pick(Organization.objects.published()):
        organizations.unpublish(organization, **BY)


def withdraw(change: Change) -> None:
    if organization := change.pick(Organization.objects.published()):
        organizations.withdraw(organization, **BY)


def publish_again(change: Change) -> None:
    if organization := change.pick(Organization.objects.filter(publication__in=TAKEN_DOWN)):
        organizations.publish(organization, **BY)


@transaction.atomic
def merge(change: Change) -> None:
    """Into the first of the others."""
    published = Organization.objects.published()
    merged = change.pick(published)
    others = published.exclude(pk=merged.pk).order_by("pk") if merged else published.none()
    if others:
        merged.publication, merged.merged_into = Publication.MERGED, others[0]
        merged.save(update_fields=["publication", "merged_into", "updated_at"])
        changeset = open_changeset(reason="One enterprise, listed twice", **BY)
        record(merged, kind=RevisionKind.UNPUBLISHED, changeset=changeset)


def check(change: Change) -> None:
    level, days_ago = change.given
    if organization := change.pick(Organization.objects.published()):
        day = timezone.localdate() - datetime.timedelta(days=days_ago)
        confirmations.verify(organization, level=level, on=day, peer_name="Example peer", **BY)


def take_check_back(change: Change) -> None:
    if event := change.pick(VerificationEvent.objects.standing()):
        confirmations.void_check(event, **BY)


def roll_back(change: Change) -> None:
    """A listing that search has seen, and that never was."""
    point = transaction.savepoint()
    add(change)
    with live.current():
        pass
    transaction.savepoint_rollback(point)


def make_index_anew(_change: Change | None = None) -> None:
    """In memory; of a directory that counts as large, on disk, as if this process began then."""
    if settings.SEARCH_IN_MEMORY_MAX == 0:
        build_segment(folder_of_database(), processes=1)
        live._opener.__init__()
    live._state = None


CHANGES: dict[str, Callable[[Change], None]] = {
    "add": add,
    "edit": edit,
    "unpublish": unpublish,
    "withdraw": withdraw,
    "publish_again": publish_again,
    "merge": merge,
    "check": check,
    "take_check_back": take_check_back,
    "roll_back": roll_back,
    "make_index_anew": make_index_anew,
}
OFTEN = ("add", "add", "edit", "edit", "check", "check")


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Anything that can be done."""
    what = draw(st.sampled_from([*OFTEN, *CHANGES]))
    given: Any = None
    if what in {"add", "edit", "roll_back"}:
        given = draw(documents())
    if what == "check":
        levels = st.sampled_from([*VerificationLevel])
        given = draw(st.tuples(levels, st.sampled_from(DAYS_AGO)))
    return Change(what, draw(st.integers(0, 30)), given)

"""What people do to listings, drawn at random and done through the actions."""

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import strategies as st

from directory.actions import confirmations, merges, networks, organizations, undo
from directory.models import (
    Door,
    Merge,
    Network,
    NetworkMember,
    Organization,
    VerificationEvent,
    VerificationLevel,
)
from directory.search import live
from directory.search.segment_building import build_segment
from directory.search.segments import folder_of_database
from tests.search.reference.small_world import NETWORKS, documents

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


def merge(change: Change) -> None:
    """Into the first of the others, with all that hangs on it."""
    absorbed = change.pick(Organization.objects.exclude(publication="merged"))
    others = Organization.objects.exclude(publication="merged")
    into = others.exclude(pk=absorbed.pk).order_by("pk").first() if absorbed else None
    if into:
        with suppress(merges.NotMergeable):  # One of them is not on the site.
            merges.merge(absorbed, into=into, **BY)


def undo_merge(change: Change) -> None:
    """As far as nothing was done to the two since."""
    if made := change.pick(Merge.objects.filter(undone_at=None)):
        undo.revert_changeset(made.changeset, **BY)


def join(change: Change) -> None:
    """One of the networks, unless it is a member or was merged."""
    network = Network.objects.get(slug=change.given)
    if organization := change.pick(Organization.objects.exclude(publication="merged")):
        with suppress(networks.NetworkRefused):
            networks.join(network, organization, **BY)


def leave(change: Change) -> None:
    if member := change.pick(NetworkMember.objects.exclude(organization__publication="merged")):
        networks.leave(member.network, member.organization, **BY)


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
    "undo_merge": undo_merge,
    "join": join,
    "leave": leave,
    "check": check,
    "take_check_back": take_check_back,
    "roll_back": roll_back,
    "make_index_anew": make_index_anew,
}
OFTEN = ("add", "add", "edit", "edit", "check", "check", "merge", "undo_merge", "join")


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Anything that can be done."""
    what = draw(st.sampled_from([*OFTEN, *CHANGES]))
    given: Any = None
    if what in {"add", "edit", "roll_back"}:
        given = draw(documents())
    if what == "join":
        given = draw(st.sampled_from(NETWORKS))
    if what == "check":
        levels = st.sampled_from([*VerificationLevel])
        given = draw(st.tuples(levels, st.sampled_from(DAYS_AGO)))
    return Change(what, draw(st.integers(0, 30)), given)

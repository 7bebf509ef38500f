"""A case of the queue, and what a kind of cases is."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from directory.actions import policies
from directory.actions.policies import Action
from directory.actions.proposals import region_of
from directory.actions.remit import Remit
from directory.admin.choice_words import Piece
from directory.admin.values import place_in_words
from directory.models import Duplicate, Organization, Proposal, Risk
from directory.search.matching import Evidence


@dataclass(frozen=True)
class Pair:
    """Two listings that may be one: the row, reasons in words, and both side by side as lines of
    label, one, other."""

    row: Duplicate
    reasons: list[Evidence]
    sides: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Case:
    """One thing that waits: what, since when, how risky, where; and where to act on it."""

    title: str
    what: str
    since: datetime.datetime | datetime.date
    risk: str
    region: str
    act_url: str
    beside_url: str = ""
    due_on: datetime.date | None = None
    is_overdue: bool = False
    proposal: Proposal | None = None
    version: int | None = None
    pieces: list[Piece] = field(default_factory=list)
    risk_reasons: list[str] = field(default_factory=list)
    pair: "Pair | None" = None

    @property
    def region_name(self) -> str:
        return place_in_words(self.region) if self.region else ""

    @property
    def has_conflict(self) -> bool:
        return any(piece.is_conflict for piece in self.pieces)


class Kind:
    """A kind of case: its rows in the order of the queue, within a region, and as cases."""

    code: str
    label: str | Promise
    is_decidable = False  # Whether its cases are decided in the queue itself, also several at once.
    has_keys = False  # Whether letter keys act on its cases.

    def rows(self) -> QuerySet:
        """All that wait, the most urgent first."""
        raise NotImplementedError

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        """Those of a country or region, by its path."""
        raise NotImplementedError

    def scope(self, remit: Remit, rows: QuerySet) -> QuerySet:
        """Those that are within the remit."""
        return policies.scope(
            remit.person, Action.QUEUE_READ, rows, through="organization", known=remit
        )

    def cases(self, rows: QuerySet) -> list[Case]:
        """The rows of one page, in a fixed number of queries."""
        raise NotImplementedError


def listing_case(organization: Organization, what: str, since: Any, risk: Risk) -> Case:
    """Something about a listing that an editor looks after in the listing's own form."""
    locations = [
        {"place": row.place.path if row.place else "", "country": row.country}
        for row in organization.locations.all()
    ]
    return Case(
        title=organization.name,
        what=what,
        since=since,
        risk=str(risk.label),
        region=region_of({"locations": locations, "service_areas": []}),
        act_url=reverse("admin:directory_organization_change", args=[organization.pk]),
        beside_url=organization.get_absolute_url(),
    )

"""Listings as far as a line or card of a list shows them: plain values, read in a few questions.

A page of results has some two hundred rows of parts. As objects of the ORM, all columns of all
parts, they took longer than finding them.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from django.db.models import QuerySet

from directory.models.addresses import listing_address
from directory.models.claim import Claim
from directory.models.composed import rows_of
from directory.models.confirmation import VerificationEvent, VerificationLevel
from directory.models.location import Location, PublicLocation, Telling
from directory.models.organization import ENDED, Organization
from directory.models.service_area import AreaKind, ServiceArea
from directory.models.source import SourceRecord
from directory.models.term import Term
from directory.models.vocabulary import vocabulary

# Levels whose checks name somebody or something.
TELLING_LEVELS = (VerificationLevel.PEER_VOUCHED, VerificationLevel.DOCUMENTED)


class Check(NamedTuple):
    """A check that stands, as far as it is told in a few words."""

    level: int
    happened_on: datetime.date
    pk: int
    peer_name: str
    evidence_title: str


@dataclass(slots=True)
class ShortListing:
    """A listing as far as a card shows it; the names are those of `Organization`."""

    pk: int
    slug: str
    name: str
    language: str
    summary: str
    translations: dict[str, Any]
    lifecycle: str
    closed: str
    published_at: datetime.datetime | None
    verification: int
    verified_on: datetime.date | None
    terms: list[Term]
    public_locations: list[PublicLocation]
    has_hidden_location: bool
    works_online: bool  # Told only of those whose location is not.
    readings: list[tuple[str, datetime.date | None]]  # Only of those that nobody checked.
    checks: list[Check]  # Only of those whose check names somebody or something.

    @property
    def has_ended(self) -> bool:
        return self.lifecycle in ENDED

    def get_absolute_url(self) -> str:
        return listing_address(self.slug)


def short_listings(ids: Iterable[int]) -> dict[int, ShortListing]:
    """The published ones of these listings by row id, in at most six queries."""
    rows = rows_of(_listings, [*ids])
    levels = {row[0]: row[-2] for row in rows}
    terms, locations = _terms(levels), _locations(levels)
    hidden = {pk for pk, told in locations.items() if None in told}
    shown = {pk: [place for place in told if place] for pk, told in locations.items()}
    nowhere = [pk for pk in levels if not shown.get(pk)]
    online = {pk for pk, kind in rows_of(_areas, nowhere) if kind == AreaKind.ONLINE}
    unchecked = [pk for pk, level in levels.items() if level == VerificationLevel.UNVERIFIED]
    telling = [pk for pk, level in levels.items() if level in TELLING_LEVELS]
    readings, checks = _by_listing(_records, unchecked), _by_listing(_checks, telling)
    return {
        row[0]: ShortListing(
            *row,
            terms=terms.get(row[0], []),
            public_locations=shown.get(row[0], []),
            has_hidden_location=row[0] in hidden,
            works_online=row[0] in online,
            readings=[(code, day) for code, day in readings[row[0]]],
            checks=[Check(*check) for check in checks[row[0]]],
        )
        for row in rows
    }


def _listings(ids: Iterable[int]) -> QuerySet:
    columns = "pk slug name language summary translations lifecycle closed published_at"
    return (
        Organization.objects.published()
        .filter(pk__in=ids)
        .values_list(*columns.split(), "verification", "verified_on")
    )


def _by_listing(question: Any, ids: Sequence[int]) -> dict[int, list[Sequence[Any]]]:
    """Rows without their first column, by that."""
    found = defaultdict(list)
    for pk, *row in rows_of(question, ids):
        found[pk].append(row)
    return found


def _claims(ids: Iterable[int]) -> QuerySet:
    rows = Claim.objects.in_order().filter(organization__in=ids)
    return rows.values_list("organization_id", "term_id")


def _terms(ids: Iterable[int]) -> dict[int, list[Term]]:
    """The terms of listings; one that was added this moment is loaded by itself."""
    known, found = vocabulary().by_id, defaultdict(list)
    for pk, term_id in rows_of(_claims, [*ids]):
        found[pk].append(known.get(term_id) or Term.objects.get(pk=term_id))
    return found


class PlaceAbove(NamedTuple):
    """A place, and what it lies in."""

    kind: str
    name: str
    country_code: str
    latitude: float
    longitude: float
    timezone: str
    parent: "PlaceAbove | None"


@dataclass(slots=True)
class ShortLocation(Telling):
    """The columns that decide what may be told of a location."""

    name: str
    street: str
    postcode: str
    locality: str
    region: str
    country: str
    latitude: float | None
    longitude: float | None
    precision: str
    opening_hours: str
    wheelchair: str
    accessibility_note: str
    place: PlaceAbove | None


PLACE = PlaceAbove._fields[:-1]
LOCATION = [field.name for field in fields(ShortLocation)][:-1]


def _located(ids: Iterable[int]) -> QuerySet:
    above = ("place__parent__parent__", "place__parent__", "place__")
    places = [step + column for step in above for column in PLACE]
    rows = Location.objects.in_order().filter(organization__in=ids)
    return rows.values_list("organization_id", *LOCATION, *places)


def _locations(ids: Iterable[int]) -> dict[int, list[PublicLocation | None]]:
    """What may be told of each location of listings; None of a hidden one."""
    found = defaultdict(list)
    for pk, *row in rows_of(_located, [*ids]):
        place = None
        for start in range(len(LOCATION), len(row), len(PLACE)):
            values = row[start : start + len(PLACE)]
            place = PlaceAbove(*values, place) if values[0] else None
        found[pk].append(ShortLocation(*row[: len(LOCATION)], place).public)
    return found


def _areas(ids: Iterable[int]) -> QuerySet:
    rows = ServiceArea.objects.filter(organization__in=ids)
    return rows.values_list("organization_id", "kind")


def _records(ids: Iterable[int]) -> QuerySet:
    rows = SourceRecord.objects.in_order().filter(organization__in=ids)
    return rows.values_list("organization_id", "source__code", "fetched_on")


def _checks(ids: Iterable[int]) -> QuerySet:
    rows = VerificationEvent.objects.standing().filter(organization__in=ids)
    return rows.values_list("organization_id", *Check._fields)

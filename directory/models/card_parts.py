"""The parts of listings that a card shows, for a page of listings at once."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

from directory.models.claim import Claim
from directory.models.confirmation import VerificationEvent
from directory.models.location import Location
from directory.models.place import Place
from directory.models.service_area import ServiceArea
from directory.models.source import Source, SourceRecord
from directory.models.vocabulary import vocabulary


def give_card_parts(organizations: Mapping[int, Any]) -> None:
    """Load locations, areas, claims, sources and standing checks of listings, given by row id.

    A term is one row for all, from the vocabulary in memory, and a place is loaded once: joined to
    every claim and location by `prefetch_related` they were half of what a page of results costs.
    """
    if not organizations:
        return
    locations = _give(organizations, "locations", Location)
    areas = _give(organizations, "service_areas", ServiceArea)
    _give_places([*locations, *areas])
    _give_terms(_give(organizations, "claims", Claim))
    _give_sources(_give(organizations, "source_records", SourceRecord))
    _give(organizations, "verification_events", VerificationEvent)


def _give(organizations: Mapping[int, Any], name: str, model: type[Model]) -> list[Any]:
    """Make `organization.<name>.all()` answer from memory, as after `prefetch_related`."""
    statement = _statement(model, len(organizations), connection.vendor)
    found = list(model.objects.raw(statement, [*organizations]))
    by_organization: dict[int, list[Model]] = {pk: [] for pk in organizations}
    for row in found:
        by_organization[row.organization_id].append(row)
    for pk, organization in organizations.items():
        if not hasattr(organization, "_prefetched_objects_cache"):
            organization._prefetched_objects_cache = {}
        organization._prefetched_objects_cache[name] = by_organization[pk]
    return found


@lru_cache(maxsize=500)  # Five tables, for pages of up to a hundred listings.
def _statement(model: type[Model], count: int, _vendor: str) -> str:
    """The parts of so many listings: composing it anew takes longer than answering it."""
    is_check = model is VerificationEvent
    rows = model.objects.standing() if is_check else model.objects.in_order()
    return rows.filter(organization__in=range(count)).query.sql_with_params()[0]


def _give_sources(records: list[SourceRecord]) -> None:
    sources = Source.objects.in_bulk({record.source_id for record in records}) if records else {}
    for record in records:
        record.source = sources[record.source_id]


def _give_terms(claims: list[Claim]) -> None:
    by_id = vocabulary().by_id
    for claim in claims:
        if claim.term_id in by_id:  # Else it was added this moment, and is loaded when asked for.
            claim.term = by_id[claim.term_id]


def _give_places(parts: list[Any]) -> None:
    ids = {part.place_id for part in parts} - {None}
    places = Place.objects.with_parents().in_bulk(ids) if ids else {}
    for part in parts:
        part.place = places.get(part.place_id)

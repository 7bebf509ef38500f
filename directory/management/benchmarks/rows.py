"""Documents as published rows, many at once: past the actions and the log, for measuring only."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from directory.actions import places
from directory.exchange import fixtures
from directory.models import (
    Claim,
    Identifier,
    Location,
    Organization,
    Place,
    Publication,
    ServiceArea,
    Term,
)

ROWS_AT_ONCE = 1_000
NEWEST = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # Of the first document.
COLUMNS = "name legal_name other_names language summary translations lifecycle website".split()
CLAIM_COLUMNS = ("asserted_by", "statement", "is_primary")


def with_slugs(documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documents, each with the address word that a new listing of its name gets."""
    found: dict[str, dict[str, Any]] = {}
    for document in documents:
        base = slugify(document["name"])[:80].strip("-") or "listing"
        towns = [slugify(part.get("locality", ""))[:18] for part in document["locations"]]
        free = [base, *(f"{base}-{town}" for town in towns if town)]
        numbered = (f"{base}-{number}" for number in range(2, 10_000))
        slug = next(name for name in [*free, *numbered] if name not in found)
        found[slug] = document | {"slug": slug}
    return list(found.values())


def load_gazetteer(documents: Iterable[dict[str, Any]]) -> None:
    """All countries and regions, and the towns that the documents name."""
    named = {
        part["place"]
        for document in documents
        for part in [*document["locations"], *document.get("service_areas", ())]
        if part.get("place")
    }
    rows = fixtures.read_gazetteer()
    places.load_places(row for row in rows if row["kind"] != "town" or row["path"] in named)


@transaction.atomic
def load_documents(documents: list[dict[str, Any]]) -> dict[int, str]:
    """Publish the documents, which have slugs; row id of each → its slug."""
    slugs: dict[int, str] = {}
    place_ids = dict(Place.objects.values_list("path", "pk"))
    term_ids = {(term.scheme, term.code): term.pk for term in Term.objects.all()}
    for start in range(0, len(documents), ROWS_AT_ONCE):
        some = documents[start : start + ROWS_AT_ONCE]
        rows = Organization.objects.bulk_create(
            _organization(document, start + place) for place, document in enumerate(some)
        )
        slugs |= {row.pk: row.slug for row in rows}
        pairs = list(zip(rows, some, strict=True))
        _add(Location, pairs, "locations", place_ids)
        _add(ServiceArea, pairs, "service_areas", place_ids)
        _add(Identifier, pairs, "identifiers", place_ids)
        Claim.objects.bulk_create(
            Claim(
                organization=row,
                position=position,
                term_id=term_ids[claim["scheme"], claim["code"]],
                **{name: claim[name] for name in CLAIM_COLUMNS if name in claim},
            )
            for row, document in pairs
            for position, claim in enumerate(document["claims"])
        )
    return slugs


def _organization(document: dict[str, Any], place: int) -> Organization:
    return Organization(
        slug=document["slug"],
        publication=Publication.PUBLISHED,
        published_at=NEWEST - datetime.timedelta(minutes=place),
        **{name: document[name] for name in COLUMNS if name in document},
    )


def _add(model: Any, pairs: list[tuple], part: str, place_ids: dict[str, int]) -> None:
    rows = []
    for organization, document in pairs:
        for position, given in enumerate(document.get(part, ())):
            columns = {name: value for name, value in given.items() if name != "place"}
            if path := given.get("place"):
                columns["place_id"] = place_ids[path]
            rows.append(model(organization=organization, position=position, **columns))
    model.objects.bulk_create(rows)

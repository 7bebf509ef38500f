"""Published listings read from the database in plain rows, some thousands at a time."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from directory.models import (
    Assertion,
    Claim,
    Identifier,
    Location,
    NetworkApproval,
    NetworkMember,
    Organization,
    PlaceKind,
    Precision,
    ServiceArea,
    SourceRecord,
)
from directory.models.organization import ENDED
from directory.models.service_area import public_centre
from directory.search.gazetteer import Gazetteer
from directory.search.listings import Area, Listing, Spot

CHUNK = 2_000
COLUMNS = (
    "pk uid slug name legal_name other_names language further_languages summary description "
    "translations lifecycle verification verified_on last_confirmed_at published_at website"
).split()
LOCATION_COLUMNS = (
    "name street postcode locality region country latitude longitude precision opening_hours"
).split()
OPEN_END = datetime.date.max


def all_listings(
    gazetteer: Gazetteer, after: int = 0, last: int | None = None
) -> Iterator[Listing]:
    """Every published listing, by row id: those after one and up to another."""
    published = Organization.objects.published().order_by("pk")
    if last is not None:
        published = published.filter(pk__lte=last)
    while chunk := list(published.filter(pk__gt=after).values_list(*COLUMNS)[:CHUNK]):
        within = Q(organization_id__gt=after, organization_id__lte=chunk[-1][0])
        yield from _with_parts(chunk, within, gazetteer)
        after = chunk[-1][0]


def listings_of(ids: Iterable[int], gazetteer: Gazetteer) -> Iterator[Listing]:
    """Those of the listings that are published now."""
    wanted = sorted({*ids})
    for start in range(0, len(wanted), 400):
        some = wanted[start : start + 400]
        rows = Organization.objects.published().filter(pk__in=some).order_by("pk")
        chunk = list(rows.values_list(*COLUMNS))
        if chunk:
            yield from _with_parts(chunk, Q(organization_id__in=some), gazetteer)


def _with_parts(chunk: list[tuple], within: Q, gazetteer: Gazetteer) -> Iterator[Listing]:
    listings = {row[0]: _listing(dict(zip(COLUMNS, row, strict=True))) for row in chunk}
    _add_claims(listings, within)
    _add_spots(listings, within, gazetteer)
    _add_areas(listings, within, gazetteer)
    sources = SourceRecord.objects.filter(within).values_list("organization_id", "source__code")
    for organization_id, code in sources:
        if listing := listings.get(organization_id):
            listing.sources.add(code)
    for rows in (NetworkMember.objects, NetworkApproval.objects.filter(withdrawn_at=None)):
        for organization_id, slug in rows.filter(within).values_list(
            "organization_id", "network__slug"
        ):
            if listing := listings.get(organization_id):
                listing.networks.add(slug)
    numbers = Identifier.objects.filter(within).values_list("organization_id", "scheme", "value")
    for organization_id, scheme, value in numbers:
        if listing := listings.get(organization_id):
            listing.identifiers.append((scheme, value))
    yield from listings.values()


def _listing(row: dict[str, Any]) -> Listing:
    translations = [text for text in row["translations"].values() if isinstance(text, dict)]
    texts = [row["summary"], row["description"]]
    texts += [text.get(part, "") for text in translations for part in ("summary", "description")]
    names = [
        row["legal_name"],
        *row["other_names"],
        *(text.get("name", "") for text in translations),
    ]
    spoken = {row["language"], *row["further_languages"]}
    return Listing(
        organization_id=row["pk"],
        uid=row["uid"],
        slug=row["slug"],
        name=row["name"],
        other_names=[name for name in names if name and name != row["name"]],
        texts=[text for text in texts if text],
        languages={code.split("-")[0].lower() for code in spoken if code},
        lifecycle=row["lifecycle"],
        verification=row["verification"],
        verified_on=row["verified_on"],
        confirmed_at=row["last_confirmed_at"],
        published_at=row["published_at"],
        website=row["website"],
        has_ended=row["lifecycle"] in ENDED,
    )


def _add_claims(listings: dict[int, Listing], within: Q) -> None:
    rows = Claim.objects.filter(within, term__is_active=True).values_list(
        "organization_id", "term__scheme", "term__code", "asserted_by", "checked_on", "valid_until"
    )
    for organization_id, scheme, code, asserted_by, checked_on, valid_until in rows:
        listing = listings.get(organization_id)
        if listing is None:
            continue
        is_looked_at = asserted_by in {Assertion.EDITOR, Assertion.PEER} and checked_on
        until = (valid_until or OPEN_END) if is_looked_at else None
        before = listing.claims.get((scheme, code))
        listing.claims[scheme, code] = max(filter(None, (before, until)), default=None)


def _add_spots(listings: dict[int, Listing], within: Q, gazetteer: Gazetteer) -> None:
    rows = Location.objects.filter(within).order_by("organization_id", "position", "pk")
    found = list(rows.values_list("organization_id", "place_id", *LOCATION_COLUMNS))
    gazetteer.load_rows(row[1] for row in found)
    for organization_id, place_id, *columns in found:
        if listing := listings.get(organization_id):
            location = Location(**dict(zip(LOCATION_COLUMNS, columns, strict=True)))
            if place_id:
                location.place = gazetteer.rows[place_id]
            if spot := _spot(location):
                listing.spots.append(spot)


def _spot(location: Location) -> Spot | None:
    """What may be told of a location, through the one door for that: `location.public`."""
    public = location.public
    if public is None:
        return None
    country = public.country.upper()
    has_own_point = location.latitude is not None and public.point_precision != Precision.REGION
    is_in_town = public.place is not None and public.place.kind == PlaceKind.TOWN
    return Spot(
        latitude=public.latitude,
        longitude=public.longitude,
        path=public.place.path if public.place else country.lower(),
        words=tuple(word for word in (public.locality, public.region) if word),
        postcode=public.postcode,
        is_wide=not (has_own_point or is_in_town),
        hours=public.opening_hours,
        timezone=public.timezone,
        country=country,
    )


def _add_areas(listings: dict[int, Listing], within: Q, gazetteer: Gazetteer) -> None:
    rows = ServiceArea.objects.filter(within).order_by("organization_id", "position", "pk")
    found = list(
        rows.values_list(
            "organization_id", "kind", "place_id", "country", "latitude", "longitude", "radius_km"
        )
    )
    gazetteer.load_rows(row[2] for row in found)
    for organization_id, kind, place_id, country, latitude, longitude, radius_km in found:
        if listing := listings.get(organization_id):
            path = gazetteer.rows[place_id].path if place_id else country.lower()
            listing.areas.append(_area(kind, path, latitude, longitude, radius_km))


def _area(
    kind: str, path: str, latitude: float | None, longitude: float | None, radius_km: float | None
) -> Area:
    """An area; the centre of a circle as it is published, since it may be a hidden door."""
    north, east = public_centre(latitude, longitude)
    if north is None or east is None or radius_km is None:
        return Area(kind, path)
    return Area(kind, path, north, east, radius_km)

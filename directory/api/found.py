"""The answer to a search: results with reasons, counts, and what to do when there are none."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from directory.api.cards import FoundOrganization, OrganizationCard
from directory.api.reasons import reasons
from directory.models import Organization, Place
from directory.search.filters import OrganizationFilter
from directory.search.query import Advice, FacetValue, Found, Hit, Query
from directory.search.readings import Reading


class FacetCount(serializers.Serializer):
    """One further choice, and how many results it would give."""

    label = serializers.CharField()
    count = serializers.IntegerField(min_value=0)


class NamedPlace(serializers.Serializer):
    """A place: its path, and its name in full."""

    place = serializers.CharField()
    label = serializers.CharField()


class NearPart(serializers.Serializer):
    """What `near` was taken as, and other places of that name."""

    label = serializers.CharField()
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    place = serializers.CharField(allow_blank=True)
    others = NamedPlace(many=True)


class UnderstoodPart(serializers.Serializer):
    """A place that words of `q` were taken as, and the words that are left."""

    words = serializers.CharField(allow_blank=True)
    place = serializers.CharField(help_text=_("The path of the place."))
    label = serializers.CharField()
    as_words = serializers.CharField(help_text=_("The address at which all words are words."))


class RemovalPart(serializers.Serializer):
    """Leave this one filter out, and so many would be found."""

    parameter = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    count = serializers.IntegerField(min_value=0)
    url = serializers.CharField()


class CorrectionPart(serializers.Serializer):
    """A word that was typed, and what it was taken as."""

    typed = serializers.CharField()
    taken_as = serializers.CharField()


class NearestPart(serializers.Serializer):
    """A listing beyond the radius."""

    uid = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()
    distance_km = serializers.FloatField(allow_null=True)


class AdvicePart(serializers.Serializer):
    """What to do when nothing was found."""

    removals = RemovalPart(many=True)
    nearest = NearestPart(many=True)
    wider_km = serializers.FloatField(allow_null=True)
    corrected = CorrectionPart(many=True)
    dropped = serializers.ListField(child=serializers.CharField())


class Envelope(serializers.Serializer):
    """A page of a list."""

    count = serializers.IntegerField(min_value=0)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class OrganizationList(Envelope):
    """A page of results."""

    sort = serializers.CharField()
    understood = UnderstoodPart(required=False)
    near = NearPart(required=False)
    facets = serializers.DictField(child=serializers.DictField(child=FacetCount()), required=False)
    advice = AdvicePart(required=False)
    results = FoundOrganization(many=True)


def results_of(
    found: Found,
    rows: dict[int, Organization],
    filters: OrganizationFilter,
    here: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The hits of a page in their order; a listing withdrawn this moment is left out."""
    card = OrganizationCard(context={"here": here})
    query, chips = filters.query, filters.chips
    return [
        card.to_representation(rows[hit.organization_id]) | found_because(hit, query, chips)
        for hit in found.hits
        if hit.organization_id in rows
    ]


def found_because(hit: Hit, query: Query, chips: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    """What a hit says beyond its listing."""
    standing = {"where": hit.where, "why": reasons(hit, query, chips)}
    if query.near is not None:
        standing["distance_km"] = kilometres(hit)
    return standing


def kilometres(hit: Hit) -> float | None:
    """The distance to 10 m: points are published no closer."""
    return None if hit.distance_km is None else round(hit.distance_km, 2)


def near_of(query: Query, others: list[Place]) -> dict[str, Any]:
    """What `near` was taken as."""
    return {
        "label": query.near.label,
        "latitude": query.near.latitude,
        "longitude": query.near.longitude,
        "place": query.near.place_path,
        "others": [{"place": place.path, "label": full_name(place)} for place in others],
    }


def understood_of(reading: Reading, request: Request) -> dict[str, Any]:
    """How the words were understood."""
    pairs = [(name, value) for name, value in _pairs(request.query_params) if name != "page"]
    address = f"{request.path}?{urlencode([*pairs, ('words_only', 'true')])}"
    return {
        "words": reading.words,
        "place": reading.origin.place.path,
        "label": full_name(reading.origin.place),
        "as_words": request.build_absolute_uri(address),
    }


def full_name(place: Place) -> str:
    """Takoma Park, Maryland, United States; reads loaded parents."""
    names = []
    while place is not None:
        names.append(place.name)
        place = place.parent
    return ", ".join(names)


def facets_of(facets: dict[str, tuple[FacetValue, ...]]) -> dict[str, dict[str, Any]]:
    """Counts by parameter and code."""
    return {
        parameter: {value.code: {"label": value.label, "count": value.count} for value in values}
        for parameter, values in facets.items()
    }


def advice_of(
    advice: Advice,
    rows: dict[int, Organization],
    request: Request,
    filters: OrganizationFilter,
) -> dict[str, Any]:
    """What to do about an empty answer; `rows` holds the nearest listings."""
    here = request.build_absolute_uri
    asked = understood_pairs(request, filters)
    return {
        "removals": [
            {
                "parameter": removal.parameter,
                "value": removal.value,
                "label": removal.label,
                "count": removal.count,
                "url": here(without(request.path, asked, removal.parameter, removal.value)),
            }
            for removal in advice.removals
        ],
        "nearest": [
            {
                "uid": rows[hit.organization_id].uid,
                "name": rows[hit.organization_id].name,
                "url": here(
                    reverse("api:organization-detail", args=[rows[hit.organization_id].uid])
                ),
                "distance_km": kilometres(hit),
            }
            for hit in advice.nearest
            if hit.organization_id in rows
        ],
        "wider_km": advice.wider_km,
        "corrected": [{"typed": typed, "taken_as": taken} for typed, taken in advice.corrected],
        "dropped": list(advice.dropped),
    }


def understood_pairs(request: Request, filters: OrganizationFilter) -> list[tuple[str, str]]:
    """The parameters of this search, a place among its words at `near`."""
    pairs = [pair for pair in _pairs(request.query_params) if pair[0] != "page"]
    if not filters.reading:
        return pairs
    taken = {"q": filters.reading.words, "near": filters.reading.origin.place.path}
    return [*(pair for pair in pairs if pair[0] not in taken), *taken.items()]


def without(path: str, asked: list[tuple[str, str]], parameter: str, value: str) -> str:
    """A search without one value of a parameter, or without the parameter."""
    kept = [
        (name, given)
        for name, given in asked
        if given and not (name == parameter and value in {"", given})
    ]
    return f"{path}?{urlencode(kept)}" if kept else path


def _pairs(given: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in given.lists() for value in values]

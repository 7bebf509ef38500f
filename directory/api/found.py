"""The answer to a search: results with reasons, counts, and what was understood."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from directory.api.advice import AdvicePart, address_of, kilometres, pairs_of
from directory.api.cards import FoundOrganization, OrganizationCard
from directory.api.reasons import reasons
from directory.models import Organization, Place
from directory.search.filters import OrganizationFilter
from directory.search.query import FacetValue, Found, Hit, Query
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
    """A place that words of `q` were taken as, and the words that are left; of "near me" no place."""

    words = serializers.CharField(allow_blank=True)
    place = serializers.CharField(
        allow_blank=True,
        help_text=_("The path of the place; empty where “near me” was left out of the words."),
    )
    label = serializers.CharField(allow_blank=True)
    as_words = serializers.CharField(help_text=_("The address at which all words are words."))


class Envelope(serializers.Serializer):
    """A page of a list."""

    count = serializers.IntegerField(min_value=0)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class OrganizationList(Envelope):
    """A page of results."""

    sort = serializers.CharField()
    understood = UnderstoodPart(required=False)
    texts_read = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text=_("Only so many texts were looked through for the quoted words."),
    )
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


def near_of(query: Query, others: list[Place]) -> dict[str, Any]:
    """What `near` was taken as."""
    return {
        "label": query.near.label,
        "latitude": query.near.latitude,
        "longitude": query.near.longitude,
        "place": query.near.place_path,
        "others": [{"place": place.path, "label": full_name(place)} for place in others],
    }


def understood_of(words: str, reading: Reading | None, request: Request) -> dict[str, Any]:
    """How the words were understood: what is left of them, and the place taken for one, if any."""
    address = address_of(request.path, [*pairs_of(request.query_params), ("words_only", "true")])
    return {
        "words": reading.words if reading else words,
        "place": reading.origin.place.path if reading else "",
        "label": full_name(reading.origin.place) if reading else "",
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

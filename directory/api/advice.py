"""What to do when little or nothing was found: other questions, with what each would find."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from directory.models import Organization
from directory.search.filters import OrganizationFilter
from directory.search.origin import near_value
from directory.search.query import Advice, Hit, Removal
from directory.search.questions import limits_in

# What means nothing without its parameter, and is kept with it.
GOING_ALONG = {"near": {"radius"}, "q": {"words_only"}}


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


class MeantPart(serializers.Serializer):
    """Words that may have been meant, and how many they would find."""

    q = serializers.CharField()
    count = serializers.IntegerField(min_value=1)
    url = serializers.CharField()


class NearestPart(serializers.Serializer):
    """A listing that comes close."""

    uid = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()
    distance_km = serializers.FloatField(allow_null=True)


class AdvicePart(serializers.Serializer):
    """What to do when little or nothing was found."""

    spellings = MeantPart(many=True)
    removals = RemovalPart(many=True)
    alone = RemovalPart(many=True, help_text=_("Keep only this filter, and so many are found."))
    nearest = NearestPart(many=True, help_text=_("The nearest beyond the radius."))
    serving = NearestPart(many=True, help_text=_("Others that serve the area, or are online."))
    wider_km = serializers.FloatField(allow_null=True)
    corrected = CorrectionPart(many=True)
    dropped = serializers.ListField(child=serializers.CharField())


def kilometres(hit: Hit) -> float | None:
    """The distance to 10 m: points are published no closer."""
    return None if hit.distance_km is None else round(hit.distance_km, 2)


def advice_of(
    advice: Advice,
    rows: dict[int, Organization],
    request: Request,
    filters: OrganizationFilter,
) -> dict[str, Any]:
    """What to do about an empty answer; `rows` holds the nearest listings."""
    asked = understood_pairs(request, filters)

    def address(pairs: list[tuple[str, str]]) -> str:
        return request.build_absolute_uri(address_of(request.path, pairs))

    def removal(one: Removal, pairs: list[tuple[str, str]]) -> dict[str, Any]:
        named = {"parameter": one.parameter, "value": one.value, "label": one.label}
        return named | {"count": one.count, "url": address(pairs)}

    return {
        "spellings": [
            {"q": words, "count": count, "url": address(_having_words(asked, words))}
            for words, count in advice.spellings
        ],
        "removals": [removal(one, _without(asked, one)) for one in advice.removals],
        "alone": [removal(one, _only(asked, one)) for one in advice.alone],
        "nearest": _close(advice.nearest, rows, request),
        "serving": _close(advice.serving, rows, request),
        "wider_km": advice.wider_km,
        "corrected": [{"typed": typed, "taken_as": taken} for typed, taken in advice.corrected],
        "dropped": list(advice.dropped),
    }


def _close(
    hits: Iterable[Hit], rows: dict[int, Organization], request: Request
) -> list[dict[str, Any]]:
    """Listings that come close; one withdrawn this moment is left out."""
    found = [(hit, rows[hit.organization_id]) for hit in hits if hit.organization_id in rows]
    return [
        {
            "uid": row.uid,
            "name": row.name,
            "url": request.build_absolute_uri(reverse("api:organization-detail", args=[row.uid])),
            "distance_km": kilometres(hit),
        }
        for hit, row in found
    ]


def understood_pairs(request: Request, filters: OrganizationFilter) -> list[tuple[str, str]]:
    """The parameters of this search, a place among its words at `near`."""
    pairs = pairs_of(request.query_params)
    if not filters.reading:
        return pairs
    taken = {"q": filters.reading.words, "near": near_value(filters.reading.origin.place)}
    return [*(pair for pair in pairs if pair[0] not in taken), *taken.items()]


def address_of(path: str, pairs: list[tuple[str, str]]) -> str:
    """A call with these parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _without(asked: list[tuple[str, str]], removal: Removal) -> list[tuple[str, str]]:
    """Without one value of a parameter, or without the parameter."""
    if removal.parameter == "q":
        rest = limits_in(dict(asked)["q"]).get(removal.value, "")
        return _having_words(asked, rest)
    gone = {"", removal.value}
    return [
        (name, given)
        for name, given in asked
        if given and not (name == removal.parameter and (not removal.value or given in gone))
    ]


def _only(asked: list[tuple[str, str]], kept: Removal) -> list[tuple[str, str]]:
    names = {kept.parameter, *(GOING_ALONG.get(kept.parameter, ()))}
    return [(name, given) for name, given in asked if given and name in names]


def _having_words(asked: list[tuple[str, str]], words: str) -> list[tuple[str, str]]:
    replaced = [(name, words if name == "q" else given) for name, given in asked if given]
    return [(name, given) for name, given in replaced if given]


def pairs_of(given: QueryDict) -> list[tuple[str, str]]:
    """The parameters that were given, in order, without the page."""
    return [(name, value) for name, values in given.lists() if name != "page" for value in values]

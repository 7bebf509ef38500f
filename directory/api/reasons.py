"""Why a result was found: in words, and in parts for those who word it themselves."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from directory.api.advice import kilometres
from directory.models import AreaKind
from directory.search.query import Hit, Query, Reason
from directory.search.texts import number_shown

KINDS = ("word", "term", "spelling", "identifier", "located", "serves", "filter", "all")


class ReasonPart(serializers.Serializer):
    """One reason: a sentence, and what it is made of."""

    kind = serializers.ChoiceField(KINDS)
    text = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    field = serializers.CharField(
        allow_blank=True,
        help_text="Where the words stand; of a filter its parameter; of what it serves the kind "
        "of area: place, country, radius or online.",
    )
    scheme = serializers.CharField(allow_blank=True)
    code = serializers.CharField(
        allow_blank=True,
        help_text="Of a term its code; of the place it is near or serves its path; of the country "
        "it serves two letters.",
    )
    label = serializers.CharField(allow_blank=True)
    distance_km = serializers.FloatField(
        allow_null=True, help_text="Where it is located near the point, how far; else null."
    )
    area_km = serializers.FloatField(
        allow_null=True, help_text="Where it serves a circle, its radius; else null."
    )


def reasons(hit: Hit, query: Query, chosen: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Every reason for a hit, words first, then where it is; never empty.

    `chosen` are the filter's chips: parameter, value and label of everything that was chosen.
    """
    found = [_part(reason.kind, _sentence(reason), reason) for reason in hit.why]
    if hit.where:
        found.append(_where(hit, query))
    if not found:
        found = [
            _part("filter", label, field=parameter, code=value, label=label)
            for parameter, value, label in chosen
            if parameter != "radius"
        ]
    return found or [_part("all", _("Nothing was asked for, so every listing is found."))]


def _part(kind: str, text: str, reason: Reason | None = None, **known: str) -> dict[str, Any]:
    empty = {"field": "", "scheme": "", "code": "", "label": ""}
    parts = empty | {name: str(value) for name, value in known.items()}
    if reason:
        parts = {name: getattr(reason, name) for name in empty}
    words = list(reason.words if reason else ())
    lengths = {"distance_km": None, "area_km": None}
    return {"kind": kind, "text": str(text), "words": words} | parts | lengths


def _where(hit: Hit, query: Query) -> dict[str, Any]:
    """Where the hit stands to the point: how far it is, or which of its areas holds the point."""
    text, near = where_sentence(hit, query), query.near
    if hit.where == "serves":
        area = {"field": hit.area_kind, "code": hit.area_code, "label": hit.area_name}
        return _part(hit.where, text, **area) | {"area_km": hit.area_km}
    place = {"code": near.place_path, "label": near.label} if near else {}
    return _part(hit.where, text, **place) | {"distance_km": kilometres(hit)}


def _sentence(reason: Reason) -> str:
    words = ", ".join(f"“{word}”" for word in reason.words)
    match reason.kind:
        case "term":
            return _tagged(reason, words)
        case "spelling":
            return _("A word like the one typed is there: %(words)s.") % {"words": words}
        case "identifier":
            return IDENTIFIERS.get(reason.field, _number)() % {"words": words}
    return FIELDS.get(reason.field, _in_text)() % {"words": words}


def _tagged(reason: Reason, words: str) -> str:
    """Which term, and by which of its other names it was found."""
    if not reason.words or reason.words == (reason.label,):
        return _("It is tagged %(label)s.") % {"label": reason.label}
    told = {"label": reason.label, "words": words}
    return _("It is tagged %(label)s, also called %(words)s.") % told


def _in_name() -> str:
    return _("Its name has %(words)s.")


def _in_other_name() -> str:
    return _("It is also known as %(words)s.")


def _in_place() -> str:
    return _("Its address has %(words)s.")


def _in_text() -> str:
    return _("Its text has %(words)s.")


def _uid() -> str:
    return _("Its permanent id is %(words)s.")


def _website() -> str:
    return _("Its website is %(words)s.")


def _number() -> str:
    return _("It has the number %(words)s.")


FIELDS = {"name": _in_name, "other_name": _in_other_name, "place": _in_place, "text": _in_text}
IDENTIFIERS = {"uid": _uid, "website": _website}


def where_sentence(hit: Hit, query: Query) -> str:
    """How the hit stands to the point or place that was asked for."""
    if hit.where == "serves":
        return _served_sentence(hit)
    if hit.distance_km is None or query.near is None:
        return _("It is there.")
    if hit.distance_km < 0.1:
        return _("It is less than 0.1 km from %(place)s.") % {"place": query.near.label}
    return _("It is %(distance)s km from %(place)s.") % {
        "distance": f"{hit.distance_km:.1f}",
        "place": query.near.label,
    }


def _served_sentence(hit: Hit) -> str:
    match hit.area_kind:
        case AreaKind.ONLINE:
            return _("It serves people online, wherever they are.")
        case AreaKind.RADIUS:
            radius = number_shown(hit.area_km)
            return _("It serves everyone within %(radius)s km.") % {"radius": radius}
    return _("It serves %(area)s.") % {"area": hit.area_name}

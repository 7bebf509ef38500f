"""Countries, regions and towns: what a place is, what is listed there, what lies inside it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.views.decorators.http import require_safe

from directory.exchange import schema_org
from directory.models import Place, PlaceKind, vocabulary
from directory.search.names import country_name
from directory.search.places import find_places
from directory.search.query import Choice, Found, Point, Query
from directory.search.texts import shown
from directory.web import distances
from directory.web.cards import cards_of
from directory.web.crumbs import crumbs_to_place, home, name_of
from directory.web.links import Question
from directory.web.nearby import Neighbour, nearest_of_all
from directory.web.place_map import place_map
from directory.web.searching import search
from directory.web.texts import active_language
from directory.web.whereabouts import place_in_full

SHOWN = 6
MOST_NEAR = 5
MOST_NAMES = 12
MOST_CHOICES = 20


@dataclass(frozen=True)
class CountedPlace:
    """A place to browse, and how many listings lie in it."""

    label: str
    count: int
    url: str


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Countries by count, and a box to find any place; one match leads straight to it."""
    asked = request.GET.get("q", "").strip()[: settings.QUERY_LENGTH_MAX]
    choices = find_places(asked)[:MOST_CHOICES] if asked else []
    if len(choices) == 1:
        return redirect(choices[0])
    found = search(Query(page_size=1, language=active_language()))
    context = {
        "asked": asked,
        "asked_short": shown(asked),
        "found": found,
        "choices": [(place_in_full(place), place.get_absolute_url()) for place in choices],
        "countries": inside(found, ""),
        "crumbs": [home()],
    }
    return render(request, "directory/place_list.html", context)


@require_safe
def place_detail(request: HttpRequest, path: str) -> HttpResponse:
    """One place: facts, counts by type, a map, listings there, places inside, or what is near."""
    place = Place.objects.with_parents().filter(path=path).first()
    if place is None:
        raise Http404
    query = Query(
        facets={"place": Choice((place.path,))}, page_size=SHOWN, language=active_language()
    )
    found = search(query)
    context = place_context(place, query, found)
    origin = request.build_absolute_uri("/").rstrip("/")
    here = (name_of(place), place.get_absolute_url())
    context["crumbs_ld"] = schema_org.breadcrumbs([*context["crumbs"], here], origin)
    return render(request, "directory/place_detail.html", context)


def place_context(place: Place, query: Query, found: Found) -> dict[str, Any]:
    return {
        "place": place,
        "name": name_of(place),
        "full_name": place_in_full(place),
        "lies_in": place_in_full(place.parent) if place.parent else "",
        "country": country_name(place.country_code),
        "people": people(place),
        "other_names": other_names(place),
        "found": found,
        "results_url": Question.made([("place", place.path)]).url(),
        "near_url": Question.made([("near", place.path)]).url()
        if place.kind == PlaceKind.TOWN
        else "",
        "families": families(place, found),
        "cards": cards_of(found.hits, query),
        "map": place_map(place, query) if found.total else None,
        "inside": inside(found, place.path),
        "near": [] if found.total else nearest(place),
        "in_miles": distances.is_in_miles(place.country_code),
        "crumbs": crumbs_to_place(place.parent),
    }


def people(place: Place) -> str:
    """How many live there; "" for a region: its number is a sum of towns, and often far off."""
    if place.kind == PlaceKind.REGION or not place.population:
        return ""
    return number_format(place.population, force_grouping=True)


def other_names(place: Place) -> list[str]:
    """Names in other languages and of other times, each once, without the one in the heading."""
    names = place.names.exclude(name=place.name).order_by("pk").values_list("name", flat=True)
    return [name for name in dict.fromkeys(names) if name != name_of(place)][:MOST_NAMES]


def families(place: Place, found: Found) -> list[dict[str, Any]]:
    """The families of types that are listed there, with counts and results."""
    counts = {value.code: value.count for value in found.facets.get("type", ())}
    return [
        {
            "code": term.code,
            "label": term.label,
            "count": counts[term.code],
            "url": Question.made([("type", term.code), ("place", place.path)]).url(),
        }
        for term in vocabulary().roots("type")
        if counts.get(term.code)
    ]


def inside(found: Found, path: str) -> list[CountedPlace]:
    """Places directly inside one ("" for the world) that have listings, most first."""
    depth = path.count("/") + 1 if path else 0
    start = f"{path}/" if path else ""
    values = [
        value
        for value in found.facets.get("place", ())
        if value.count and value.code.startswith(start) and value.code.count("/") == depth
    ]
    return [
        CountedPlace(value.label, value.count, _address(value.code))
        for value in sorted(values, key=lambda value: (-value.count, value.label))
    ]


def nearest(place: Place) -> list[Neighbour]:
    """The listings nearest to a place that has none."""
    # Without its path: of a region too, the nearest to its middle.
    point = Point(place.latitude, place.longitude, name_of(place), "", place.country_code)
    return nearest_of_all(point, MOST_NEAR)


def _address(path: str) -> str:
    return Place(path=path).get_absolute_url()

"""The gazetteer: countries, regions and towns, and the names they go by."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.caching import LONG_SECONDS
from directory.api.filter_parameters import PATH as PATH_PATTERN
from directory.api.found import Envelope, NamedPlace, full_name
from directory.api.pagination import Page, envelope
from directory.api.parameters import PAGE, PAGE_SIZE, PLAIN_TEXT, Parameter
from directory.api.problems import BadParameters, NotFound
from directory.api.viewsets import Call, PublicViewSet
from directory.models import Place, PlaceKind
from directory.search.places import find_places

Q = Parameter(
    "q",
    gettext_lazy("A name in any language, with a region or country after a comma if you like."),
    {"type": "string", "maxLength": settings.QUERY_LENGTH_MAX, "pattern": PLAIN_TEXT},
    example="Washington, DC",
)
PARENT = Parameter(
    "parent",
    gettext_lazy("The path of a country or region: the places directly in it."),
    {"type": "string", "pattern": rf"^{PATH_PATTERN}$", "maxLength": 200},
    example="us",
)
PATH = Parameter(
    "path",
    gettext_lazy("The path of a place: country, region and town, with slashes between."),
    {"type": "string", "pattern": rf"^{PATH_PATTERN}$", "maxLength": 200},
    example="us/maryland/takoma-park",
)


class PlaceCard(serializers.Serializer):
    """A place and where it lies."""

    path = serializers.CharField()
    kind = serializers.ChoiceField(PlaceKind.values)
    name = serializers.CharField()
    full_name = serializers.CharField()
    parent = serializers.CharField(allow_null=True)
    country = serializers.CharField()
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    population = serializers.IntegerField(min_value=0)
    timezone = serializers.CharField(allow_blank=True)
    bbox = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="West, south, east, north."
    )
    url = serializers.CharField()
    api_url = serializers.CharField()

    def to_representation(self, place: Place) -> dict[str, Any]:
        """Reads rows loaded with_parents(); the context has `here`."""
        here = self.context["here"]
        return {
            "path": place.path,
            "kind": place.kind,
            "name": place.name,
            "full_name": full_name(place),
            "parent": place.parent.path if place.parent else None,
            "country": place.country_code,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "population": place.population,
            "timezone": place.timezone,
            "bbox": place.bbox,
            "url": here(place.get_absolute_url()),
            "api_url": here(reverse("api:place-detail", args=[place.path])),
        }


class PlaceDetail(PlaceCard):
    """A place with all its names, and those that hold it."""

    names = serializers.ListField(child=serializers.CharField())
    within = NamedPlace(many=True, help_text="Nearest first.")

    def to_representation(self, place: Place) -> dict[str, Any]:
        names = sorted({row.name for row in place.names.all()} | {place.name})
        within = []
        holder = place.parent
        while holder is not None:
            within.append({"place": holder.path, "label": holder.name})
            holder = holder.parent
        return super().to_representation(place) | {"names": names, "within": within}


class PlaceList(Envelope):
    """A page of places, the most populous first."""

    attribution = serializers.CharField()
    results = PlaceCard(many=True)


class PlaceViewSet(PublicViewSet):
    """Places of the gazetteer."""

    cache_seconds = LONG_SECONDS
    calls = {
        "list": Call(
            "listPlaces",
            gettext_lazy("Find places"),
            gettext_lazy(
                "Countries, first-level regions and towns, the most populous first. Without q and "
                "parent, the countries."
            ),
            answer=PlaceList,
            parameters=(Q, PARENT, PAGE, PAGE_SIZE),
            problems=(404,),
            example="q=Washington,DC",
            tag="vocabulary",
        ),
        "retrieve": Call(
            "readPlace",
            gettext_lazy("One place"),
            gettext_lazy("A place with all the names it goes by."),
            answer=PlaceDetail,
            problems=(404,),
            path_parameters=(PATH,),
            tag="vocabulary",
        ),
    }

    def list(self, request: Request) -> Response:
        asked = self.asked.values
        if asked["q"]:
            places = named(asked["q"], asked["parent"])
            total = len(places)
        else:
            places = places_in(asked["parent"])
            total = places.count()
        page = Page(asked["page"], asked["page_size"], total)
        page.check()
        self.link_headers = page.links(request)
        shown = places[page.start : page.end]
        cards = PlaceCard(shown, many=True, context={"here": request.build_absolute_uri})
        answer = envelope(page, self.link_headers, cards.data)
        return Response(answer | {"attribution": _("Place names: GeoNames, CC BY 4.0.")})

    def retrieve(self, request: Request, path: str) -> Response:
        places = Place.objects.with_parents().prefetch_related("names")
        place = places.filter(path=path[:201]).first()
        if place is None:
            raise NotFound(_("There is no place with this path."))
        return Response(PlaceDetail(place, context={"here": request.build_absolute_uri}).data)


def named(name: str, parent: str | None) -> list[Place]:
    """Places of a name, the most populous first; only those within `parent` if it is given."""
    if not parent:
        return find_places(name)
    holder = place_at(parent)
    return [place for place in find_places(name) if place.path.startswith(f"{holder.path}/")]


def places_in(parent: str | None) -> QuerySet[Place]:
    """The places directly in one, or the countries; the most populous first."""
    places = Place.objects.with_parents().largest_first()
    return places.filter(parent=place_at(parent)) if parent else places.countries()


def place_at(parent: str) -> Place:
    """The place of this path. Raises BadParameters where there is none."""
    place = Place.objects.filter(path=parent).first()
    if place is None:
        raise BadParameters({"parent": [_("There is no place with this path.")]})
    return place

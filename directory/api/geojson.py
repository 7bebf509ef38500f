"""Listings as GeoJSON (RFC 7946), for maps and map programs."""

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import renderers, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.downloads import LICENCE, Download
from directory.api.filter_parameters import FILTERS
from directory.api.pagination import Page
from directory.api.parameters import TRUTHS, Parameter
from directory.api.parts import terms_of
from directory.api.throttles import DownloadThrottle, PublicThrottle
from directory.api.viewsets import Call
from directory.exchange.exports import GEOJSON
from directory.models import Organization, Precision, PublicLocation, Scheme, VerificationLevel
from directory.search.engine import search
from directory.search.query import Box

WHOLE = Parameter(
    "whole",
    _("With true, not a page but everything that is found, as one file with credit lines."),
    {"type": "boolean", "default": False},
    example=False,
)


class GeoJSONRenderer(renderers.JSONRenderer):
    """The same JSON under the name that map programs know."""

    media_type = "application/geo+json"
    format = "geojson"


def numbers(length: int) -> serializers.ListField:
    """A list of so many numbers."""
    return serializers.ListField(
        child=serializers.FloatField(), min_length=length, max_length=length
    )


class PointPart(serializers.Serializer):
    """A point: longitude first."""

    type = serializers.ChoiceField(["Point"])
    coordinates = numbers(2)


class ListingProperties(serializers.Serializer):
    """What a map may show of a listing."""

    name = serializers.CharField()
    url = serializers.CharField()
    types = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.CharField())
    sectors = serializers.ListField(child=serializers.CharField())
    verification = serializers.CharField()
    location_precision = serializers.ChoiceField([*Precision.values, ""])
    updated = serializers.DateTimeField()
    attribution = serializers.ListField(child=serializers.CharField(), required=False)


class ListingFeature(serializers.Serializer):
    """A listing; its geometry is null where no point may be shown."""

    type = serializers.ChoiceField(["Feature"])
    id = serializers.CharField()
    geometry = PointPart(allow_null=True)
    properties = ListingProperties()


class FeatureLink(serializers.Serializer):
    """A neighbouring page."""

    rel = serializers.CharField()
    href = serializers.CharField()
    type = serializers.CharField()


class ListingCollection(serializers.Serializer):
    """A page of results as features."""

    type = serializers.ChoiceField(["FeatureCollection"])
    numberMatched = serializers.IntegerField(min_value=0, required=False)
    numberReturned = serializers.IntegerField(min_value=0, required=False)
    links = FeatureLink(many=True, required=False)
    bbox = serializers.ListField(
        child=serializers.FloatField(), min_length=4, max_length=4, required=False
    )
    features = ListingFeature(many=True)
    licence = serializers.CharField(required=False, allow_blank=True)
    licence_url = serializers.CharField(required=False, allow_blank=True)
    attribution = serializers.ListField(child=serializers.CharField(), required=False)


class ListingFeatureViewSet(Download):
    """Published listings as features: a page of them, or a file of all."""

    renderer_classes = [GeoJSONRenderer, renderers.JSONRenderer]
    calls = {
        "list": Call(
            "listFeatures",
            _("Organizations as GeoJSON"),
            _(
                "The same search, a page at a time, as a FeatureCollection. The geometry is null "
                "where a location is hidden or not known. With whole it is a file of all that is "
                "found, to which licence applies; it has no numbers and links of pages."
            ),
            answer=ListingCollection,
            filters=FILTERS,
            parameters=(WHOLE, LICENCE),
            problems=(404,),
            example="place=us&page_size=2",
            tag="map",
        )
    }

    def get_throttles(self) -> list[PublicThrottle]:
        is_file = TRUTHS.get(self.request.GET.get("whole", ""), False)
        return [DownloadThrottle() if is_file else PublicThrottle()]

    def list(self, request: Request) -> HttpResponseBase:
        if self.asked.values["whole"]:
            return self.file(request, GEOJSON, most=settings.DOWNLOAD_LISTINGS_MAX)
        query = self.question
        found = search(query)
        page = Page(query.page, query.page_size, found.total)
        page.check()
        self.link_headers = page.links(request)
        rows = self.rows(found.hits)
        organizations = [rows[h.organization_id] for h in found.hits if h.organization_id in rows]
        features = [self._feature(organization) for organization in organizations]
        answer = {
            "type": "FeatureCollection",
            "numberMatched": found.total,
            "numberReturned": len(features),
            "links": [
                {"rel": rel, "href": address, "type": GeoJSONRenderer.media_type}
                for rel, address in self.link_headers.items()
            ],
        }
        if found.box:
            answer["bbox"] = edges(found.box)
        return Response(answer | {"features": features})

    def _feature(self, organization: Organization) -> dict[str, Any]:
        location = shown_location(organization)
        here = self.request.build_absolute_uri
        codes = {
            name: [term.code for term in terms_of(organization, scheme)]
            for name, scheme in (
                ("types", Scheme.TYPE),
                ("values", Scheme.VALUE),
                ("sectors", Scheme.SECTOR),
            )
        }
        return {
            "type": "Feature",
            "id": organization.uid,
            "geometry": point(location.longitude, location.latitude) if location else None,
            "properties": {
                "name": organization.name,
                "url": here(reverse("permanent-id", args=[organization.uid])),
                **codes,
                "verification": VerificationLevel(organization.verification).code,
                "location_precision": precision_of(organization, location),
                "updated": organization.updated_at,
            },
        }


def shown_location(organization: Organization) -> PublicLocation | None:
    """The first location that has a point to show."""
    return next((row for row in organization.public_locations if row.has_point), None)


def precision_of(organization: Organization, location: PublicLocation | None) -> str:
    """How exact the point is; "hidden" where one may not be shown, "" where there is none."""
    if location:
        return location.point_precision
    return Precision.HIDDEN.value if organization.has_hidden_location else ""


def point(longitude: float, latitude: float) -> dict[str, Any]:
    """A geometry: longitude first, to six decimals (10 cm)."""
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def edges(box: Box) -> list[float]:
    """West, south, east, north; west > east across the antimeridian, as RFC 7946 has it."""
    return [round(edge, 6) for edge in (box.west, box.south, box.east, box.north)]

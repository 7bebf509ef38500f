"""Listings drawn together for a map view."""

import json
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import renderers, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.filter_parameters import BBOX, FILTERS
from directory.api.geojson import GeoJSONRenderer, PointPart, edges, point, shown_location
from directory.api.parameters import Asked, Parameter
from directory.api.searches import SearchViewSet
from directory.api.viewsets import Call
from directory.models import Organization
from directory.search.engine import clusters
from directory.search.query import Cluster

ZOOM = Parameter(
    "zoom",
    _("The zoom of the map: 0 shows the whole Earth, each step half as much."),
    {"type": "integer", "minimum": 0, "maximum": 22},
    example=9,
    is_required=True,
)
NEEDED_BBOX = replace(BBOX, is_required=True)


class ClusterProperties(serializers.Serializer):
    """How many listings stand there; a single one names itself."""

    count = serializers.IntegerField(min_value=1)
    bbox = serializers.ListField(child=serializers.FloatField(), min_length=4, max_length=4)
    uid = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    precision = serializers.CharField(allow_null=True)


class ClusterFeature(serializers.Serializer):
    """Listings near each other at this zoom."""

    type = serializers.ChoiceField(["Feature"])
    geometry = PointPart()
    properties = ClusterProperties()


class ClusterCollection(serializers.Serializer):
    """All that stands in a map view."""

    type = serializers.ChoiceField(["FeatureCollection"])
    features = ClusterFeature(many=True)


class ClusterViewSet(SearchViewSet):
    """Clusters of listings that have a point to show."""

    renderer_classes = [GeoJSONRenderer, renderers.JSONRenderer]
    calls = {
        "list": Call(
            "listClusters",
            _("Clusters for a map view"),
            _(
                "Everything a search finds within a box, drawn together by zoom, as a "
                "FeatureCollection. Takes every parameter of the search; sort and pages change "
                "nothing."
            ),
            answer=ClusterCollection,
            filters=tuple(NEEDED_BBOX if p.name == "bbox" else p for p in FILTERS),
            parameters=(ZOOM,),
            example="bbox=-78,38,-76,40&zoom=9",
            tag="map",
        )
    }

    def _read(self, request: Request) -> Asked:
        asked = super()._read(request)
        if "bbox" not in asked.errors and self.filters.is_valid() and not self.question.box:
            asked.errors["bbox"] = [str(_("This parameter is needed."))]
        return asked

    def list(self, request: Request) -> Response:
        """Fewer and larger cells where the answer would be too long: names can be of any length."""
        most, allowed = settings.CLUSTERS_MAX, settings.CLUSTERS_BYTES_MAX
        answer = self._answer(most)
        while most > 1 and (size := _size(answer)) > allowed:
            most = max(1, min(most // 2, len(answer["features"]) * allowed // size))
            answer = self._answer(most)
        return Response(answer)

    def _answer(self, most: int) -> dict[str, Any]:
        query = self.question
        found = clusters(query, query.box, self.asked.values["zoom"], most)
        single = [cluster.organization_id for cluster in found if cluster.organization_id]
        rows = Organization.objects.cards(single) if single else {}
        features = [self._feature(cluster, rows.get(cluster.organization_id)) for cluster in found]
        return {"type": "FeatureCollection", "features": features}

    def _feature(self, cluster: Cluster, organization: Organization | None) -> dict[str, Any]:
        listing: dict[str, Any] = {"uid": None, "name": None, "url": None, "precision": None}
        if organization:
            location = shown_location(organization)
            listing = {
                "uid": organization.uid,
                "name": organization.name,
                "url": self.request.build_absolute_uri(organization.get_absolute_url()),
                "precision": location.point_precision if location else None,
            }
        return {
            "type": "Feature",
            "geometry": point(cluster.longitude, cluster.latitude),
            "properties": {"count": cluster.count, "bbox": edges(cluster.box), **listing},
        }


def _size(answer: dict[str, Any]) -> int:
    """Bytes of an answer, as it is sent."""
    return len(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())

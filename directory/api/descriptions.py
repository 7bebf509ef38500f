"""What the API says of itself: its index, its OpenAPI document, the schema of a document."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from rest_framework import renderers, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api import openapi
from directory.api.caching import LONG_SECONDS
from directory.api.cors import allow_any_origin
from directory.api.viewsets import Call, PublicViewSet
from directory.documents import schema as document_schema

OPENAPI_MEDIA_TYPE = "application/vnd.oai.openapi+json"


class OpenAPIRenderer(renderers.JSONRenderer):
    """OpenAPI under its own name."""

    media_type = OPENAPI_MEDIA_TYPE
    format = "openapi"


class SchemaRenderer(renderers.JSONRenderer):
    """A JSON Schema under its own name."""

    media_type = "application/schema+json"
    format = "schema"


class Index(serializers.Serializer):
    """Where everything is."""

    name = serializers.CharField()
    version = serializers.CharField()
    licence = serializers.CharField()
    licence_url = serializers.CharField()
    documentation = serializers.CharField()
    openapi = serializers.CharField()
    document_schema = serializers.CharField()
    organizations = serializers.CharField()
    organizations_geojson = serializers.CharField()
    organizations_csv = serializers.CharField()
    organizations_ndjson = serializers.CharField()
    organizations_xlsx = serializers.CharField()
    dumps = serializers.CharField()
    clusters = serializers.CharField()
    suggest = serializers.CharField()
    terms = serializers.CharField()
    places = serializers.CharField()


class IndexViewSet(PublicViewSet):
    """The first thing somebody sees who opens /api/v1/."""

    cache_seconds = LONG_SECONDS
    calls = {
        "list": Call(
            "readIndex",
            _("Index"),
            _("The addresses of all lists, of the reference and of the licence."),
            answer=Index,
            tag="about",
        )
    }

    def list(self, request: Request) -> Response:
        def at(name: str) -> str:
            return request.build_absolute_uri(reverse(name))

        return Response(
            {
                "name": settings.SITE_NAME,
                "version": settings.SPECTACULAR_SETTINGS["VERSION"],
                "licence": settings.SITE_LICENCE,
                "licence_url": settings.SITE_LICENCE_URL,
                "documentation": at("api-reference"),
                "openapi": at("api:openapi"),
                "document_schema": at("api:document-schema"),
                "organizations": at("api:organization-list"),
                "organizations_geojson": at("api:organization-geojson"),
                "organizations_csv": at("api:organization-csv"),
                "organizations_ndjson": at("api:organization-ndjson"),
                "organizations_xlsx": at("api:organization-xlsx"),
                "dumps": at("data"),
                "clusters": at("api:clusters"),
                "suggest": at("api:suggest"),
                "terms": at("api:term-list"),
                "places": at("api:place-list"),
            }
        )


class OpenAPIViewSet(PublicViewSet):
    """The description of the API for programs."""

    cache_seconds = LONG_SECONDS
    renderer_classes = [renderers.JSONRenderer, OpenAPIRenderer]
    calls = {
        "list": Call(
            "readOpenAPI",
            _("The OpenAPI document"),
            _("This description, as OpenAPI 3.1."),
            answer={"type": "object", "required": ["openapi", "info", "paths"]},
            tag="about",
        )
    }

    def list(self, request: Request) -> Response:
        return Response(openapi.document(get_language()))


class DocumentSchemaViewSet(PublicViewSet):
    """The JSON Schema of a listing's document."""

    cache_seconds = LONG_SECONDS
    renderer_classes = [renderers.JSONRenderer, SchemaRenderer]
    calls = {
        "list": Call(
            "readDocumentSchema",
            _("The schema of a document"),
            _("The JSON Schema (2020-12) of the one shape in which a listing enters and leaves."),
            answer={"type": "object", "required": ["$schema", "title", "properties"]},
            tag="about",
        )
    }

    def list(self, request: Request) -> Response:
        return Response(document_schema())


@require_safe
@cache_control(public=True, max_age=LONG_SECONDS)
def api_catalog(request: HttpRequest) -> HttpResponse:
    """/.well-known/api-catalog (RFC 9727): what APIs there are, as a linkset (RFC 9264)."""
    here = request.build_absolute_uri
    catalog: dict[str, Any] = {
        "anchor": here(reverse("api:index")),
        "service-desc": [
            {"href": here(reverse("api:openapi")), "type": f"{OPENAPI_MEDIA_TYPE};version=3.1"}
        ],
        "service-doc": [{"href": here(reverse("api-reference")), "type": "text/html"}],
        "license": [{"href": settings.SITE_LICENCE_URL}],
        "status": [{"href": here(reverse("healthz"))}],
    }
    response = JsonResponse({"linkset": [catalog]}, content_type="application/linkset+json")
    response["Link"] = f'<{here()}>; rel="api-catalog"'
    return allow_any_origin(response)

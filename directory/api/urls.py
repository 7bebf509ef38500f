"""Addresses of the API. They are stable: DESIGN.md 5."""

from django.urls import include, path

from directory.api import descriptions, reference
from directory.api.clusters import ClusterViewSet
from directory.api.downloads import CSVViewSet, NDJSONViewSet, XLSXViewSet
from directory.api.geojson import ListingFeatureViewSet
from directory.api.organizations import OrganizationViewSet
from directory.api.places import PlaceViewSet
from directory.api.proposals import ProposalViewSet
from directory.api.revisions import RevisionViewSet
from directory.api.suggestions import SuggestionViewSet
from directory.api.terms import TermViewSet

LIST = {"get": "list"}
ONE = {"get": "retrieve"}

v1 = (
    [
        path("", descriptions.IndexViewSet.as_view(LIST), name="index"),
        path("organizations/", OrganizationViewSet.as_view(LIST), name="organization-list"),
        path(
            "organizations.geojson",
            ListingFeatureViewSet.as_view(LIST),
            name="organization-geojson",
        ),
        path("organizations.csv", CSVViewSet.as_view(LIST), name="organization-csv"),
        path("organizations.ndjson", NDJSONViewSet.as_view(LIST), name="organization-ndjson"),
        path("organizations.xlsx", XLSXViewSet.as_view(LIST), name="organization-xlsx"),
        path(
            "organizations/<str:uid>/",
            OrganizationViewSet.as_view(ONE),
            name="organization-detail",
        ),
        path(
            "organizations/<str:uid>/revisions/",
            RevisionViewSet.as_view(LIST),
            name="organization-revisions",
        ),
        path("clusters/", ClusterViewSet.as_view(LIST), name="clusters"),
        path("suggest/", SuggestionViewSet.as_view(LIST), name="suggest"),
        path("terms/", TermViewSet.as_view(LIST), name="term-list"),
        path("terms/<str:scheme>/<str:code>/", TermViewSet.as_view(ONE), name="term-detail"),
        path("places/", PlaceViewSet.as_view(LIST), name="place-list"),
        path("places/<path:path>/", PlaceViewSet.as_view(ONE), name="place-detail"),
        path("proposals/<str:reference>/", ProposalViewSet.as_view(ONE), name="proposal-detail"),
        path("openapi.json", descriptions.OpenAPIViewSet.as_view(LIST), name="openapi"),
        path(
            "schemas/organization-document.json",
            descriptions.DocumentSchemaViewSet.as_view(LIST),
            name="document-schema",
        ),
    ],
    "api",
)

urlpatterns = [
    path("api/v1/", include(v1)),
    path("api/", reference.api_reference, name="api-reference"),
    path(".well-known/api-catalog", descriptions.api_catalog, name="api-catalog"),
]

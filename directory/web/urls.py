"""Addresses of the pages. They are stable: DESIGN.md 5."""

from django.urls import path

from directory.web import (
    about,
    discovery,
    ground,
    history,
    home,
    listing,
    permanent,
    places,
    results,
    terms,
    vocabularies,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("organizations/", results.organization_list, name="organization-list"),
    path("organizations/<slug:slug>/", listing.organization_detail, name="organization-detail"),
    path(
        "organizations/<slug:slug>/history/",
        history.organization_history,
        name="organization-history",
    ),
    path(
        "organizations/<slug:slug>/history/<int:version>/",
        history.organization_revision,
        name="organization-revision",
    ),
    path("types/", terms.type_list, name="type-list"),
    path("types/<str:code>/", terms.type_detail, name="type-detail"),
    path("values/", terms.value_list, name="value-list"),
    path("values/<str:code>/", terms.value_detail, name="value-detail"),
    path("sectors/", terms.sector_list, name="sector-list"),
    path("sectors/<str:code>/", terms.sector_detail, name="sector-detail"),
    path("places/", places.place_list, name="place-list"),
    path("places/<path:path>/", places.place_detail, name="place-detail"),
    path("about/", about.about, name="about"),
    path("about/checking/", about.about_checking, name="about-checking"),
    path("about/search/", about.about_search, name="about-search"),
    path("about/privacy/", about.about_privacy, name="about-privacy"),
    path("about/accessibility/", about.about_accessibility, name="about-accessibility"),
    path("about/data/", about.about_data, name="about-data"),
    path("id/organizations/<str:uid>", permanent.permanent_id, name="permanent-id"),
    path("ns/<slug:scheme>.jsonld", vocabularies.vocabulary_data, name="vocabulary-data"),
    path("ns/<slug:scheme>/", vocabularies.vocabulary_scheme, name="vocabulary-scheme"),
    path("ns/<slug:scheme>/<str:code>", vocabularies.vocabulary_term, name="vocabulary-term"),
    path("basemap.geojson", ground.basemap, name="basemap"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path("robots.txt", discovery.robots, name="robots"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", discovery.sitemap_part, name="sitemap-part"),
    path("favicon.ico", discovery.favicon, name="favicon"),
]

"""Addresses of the pages. They are stable: DESIGN.md 5."""

from django.urls import path

from directory.web import discovery, ground, home, results

urlpatterns = [
    path("", home.home, name="home"),
    path("organizations/", results.organization_list, name="organization-list"),
    path("basemap.geojson", ground.basemap, name="basemap"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path("robots.txt", discovery.robots, name="robots"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", discovery.sitemap_part, name="sitemap-part"),
    path("favicon.ico", discovery.favicon, name="favicon"),
]

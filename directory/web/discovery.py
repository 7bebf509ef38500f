"""Small files by which browsers and crawlers find their way: INTEROP.md 6.12."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import CLAIMABLE_SCHEMES, Organization, vocabulary
from directory.web.busy_places import counted_places

SITEMAP_SIZE = 50_000  # The most addresses one sitemap may hold (sitemaps.org).
SITEMAP_FILES_MAX = 1_000  # Fifty million listings; a larger number is nonsense.
SHORT_NAME_LENGTH = 16  # OpenSearch 1.1, ShortName.

Entry = tuple[str, Any]  # A path, and the day it last changed or None.


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers may go: everywhere but the admin and the endless combinations of filters."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "directory/robots.txt", context, content_type="text/plain")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches this site from its own search box."""
    context = {
        "short_name": short_name(settings.SITE_NAME),
        "results": request.build_absolute_uri(reverse("organization-list")),
        "image": request.build_absolute_uri(static("mark.svg")),
    }
    content_type = "application/opensearchdescription+xml"
    return render(request, "directory/opensearch.xml", context, content_type=content_type)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for those who ask for the address of old."""
    return redirect(static("mark.svg"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemaps."""
    files = -(-Organization.objects.published().count() // SITEMAP_SIZE)
    parts = [("organizations", number) for number in range(1, files + 1)] + [("pages", 1)]
    paths = [reverse("sitemap-part", args=part) for part in parts]
    context = {"addresses": [request.build_absolute_uri(path) for path in paths]}
    return _xml(request, "directory/sitemap_index.xml", context)


@require_safe
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """One sitemap: a run of the published listings, or all other pages."""
    entries = {"organizations": _organizations, "pages": _pages}.get(section)
    listed = [
        (request.build_absolute_uri(path), changed)
        for path, changed in (entries(number) if entries else ())
    ]
    if not listed:
        raise Http404
    return _xml(request, "directory/sitemap.xml", {"entries": listed})


def short_name(name: str) -> str:
    """The name of the site in at most 16 characters, cut between words where that is possible."""
    if len(name) <= SHORT_NAME_LENGTH:
        return name
    cut = name[: SHORT_NAME_LENGTH + 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut)[:SHORT_NAME_LENGTH]


def _organizations(number: int) -> Iterable[Entry]:
    if not 1 <= number <= SITEMAP_FILES_MAX:
        return []
    first = (number - 1) * SITEMAP_SIZE
    rows = Organization.objects.published().order_by("pk").values_list("slug", "updated_at")
    return [
        (reverse("organization-detail", args=[slug]), changed)
        for slug, changed in rows[first : first + SITEMAP_SIZE]
    ]


def _pages(number: int) -> Iterable[Entry]:
    if number != 1:
        return []
    terms = vocabulary()
    places = [place for level in counted_places("en").values() for place in level]
    return [
        *((reverse(name), None) for name in ("home", *(f"{s}-list" for s in CLAIMABLE_SCHEMES))),
        *(
            (term.get_absolute_url(), term.updated_at)
            for scheme in CLAIMABLE_SCHEMES
            for term in terms.in_scheme(scheme)
        ),
        (reverse("place-list"), None),
        *((reverse("place-detail", args=[place.code]), None) for place in places),
    ]


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")

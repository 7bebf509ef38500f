"""What every page knows: the site, its languages, and its own address. Asks no database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode
from django.utils.translation import get_language

# Pages of the main menu that stay marked on the pages below them.
SECTIONS = {
    "organization-list": "find",
    "type-list": "types",
    "type-detail": "types",
    "value-list": "values",
    "value-detail": "values",
    "sector-list": "sectors",
    "sector-detail": "sectors",
    "place-list": "places",
    "place-detail": "places",
    "api-reference": "api",
    "organization-new": "add",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor of all templates."""
    return {
        **facts(),
        "languages": languages(request.path, request.GET),
        "canonical_url": request.build_absolute_uri(request.get_full_path()),
        "language_neutral_url": request.build_absolute_uri(
            without_language(request.path, request.GET)
        ),
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "section": section(request),
    }


def facts() -> dict[str, Any]:
    """What holds on every page, whatever the request: pages for errors use only this."""
    return {
        "site_name": settings.SITE_NAME,
        "site_region": settings.SITE_REGION,
        "site_email": settings.SITE_EMAIL,
        "signup_is_open": settings.ACCOUNTS_SIGNUP,
        "site_licence": settings.SITE_LICENCE,
        "site_licence_url": settings.SITE_LICENCE_URL,
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
        "tile_max_zoom": settings.TILE_MAX_ZOOM,
        "tile_referrer_policy": settings.TILE_REFERRER_POLICY,
    }


def languages(path: str, query: QueryDict) -> list[dict[str, Any]]:
    """Each language of the interface: its code, its own name, the page's address in it."""
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    neutral = without_language(path, query)
    start = f"{neutral}&" if "?" in neutral else f"{neutral}?"
    return [
        {"code": code, "name": name, "url": f"{start}lang={code}", "is_active": code == active}
        for code, name in settings.LANGUAGES
    ]


def without_language(path: str, query: QueryDict) -> str:
    """The address of a page, its language left to the browser, all else kept."""
    kept = [(name, values) for name, values in query.lists() if name != "lang"]
    path = escape_uri_path(path)
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def section(request: HttpRequest) -> str:
    """Which entry of the main menu this page belongs to; "" for none."""
    match = request.resolver_match
    return SECTIONS.get(match.url_name or "", "") if match else ""

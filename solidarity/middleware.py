"""What every request and every answer passes through."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from directory.api.viewsets import asked_language
from directory.models.vocabulary import held_vocabulary
from solidarity import errors

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation "
        "gyroscope magnetometer microphone midi payment usb xr-spatial-tracking"
    ).split()
)


class SecurityHeaders:
    """Headers that Django has no setting for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class RequestHygiene:
    """Refuses addresses that no page of ours can mean, before anything reads them.

    A NUL reaches no database (SQLite would cut the text there, PostgreSQL raise), and no form of
    ours sends more parameters than PARAMETERS_MAX.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in query or "%00" in query:
            return errors.bad_request(request, reason="nul")
        if query.count("&") >= settings.PARAMETERS_MAX:
            return errors.bad_request(request, reason="parameters")
        return self.get_response(request)


class OneVocabulary:
    """A request reads the vocabulary once, however many parts of it ask for terms."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with held_vocabulary():
            return self.get_response(request)


# Addresses that programs read. They answer everybody alike, whatever was chosen for the pages, so
# that a shared cache can keep one answer for all.
DATA = re.compile(
    r"/(api/v[0-9]|\.well-known/|basemap\.geojson|opensearch\.xml|sitemap|robots\.txt|favicon\.ico"
    r"|data/[^/]+/?[^/]+|healthz|readyz|ns/[^/]+\.jsonld)"
)


class ExplicitLanguage:
    """The language of a page: `?lang=`, else the visitor's choice before, else the browser's.

    A choice through the address of a page is remembered in a cookie, the only one visitors ever
    get. Data neither reads nor sets it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.known = [code for code, _name in settings.LANGUAGES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if DATA.match(request.path):
            return self._answer(request, asked_language(request), ["Accept-Language"])
        asked = request.GET.get("lang", "")
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = next((code for code in (asked, remembered) if code in self.known), None)
        language = language or translation.get_language_from_request(request)
        response = self._answer(request, language, ["Accept-Language", "Cookie"])
        if asked == language != remembered:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return response

    def _answer(self, request: HttpRequest, language: str, varies: list[str]) -> HttpResponse:
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, varies)
        return response

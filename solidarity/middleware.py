"""What every request and every answer passes through."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

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


class ExplicitLanguage:
    """The language of a page: `?lang=`, else the visitor's choice before, else the browser's.

    A choice through the address is remembered in a cookie, the only one visitors ever get.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.known = [code for code, _name in settings.LANGUAGES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = asked if asked in self.known else ""
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen or (
            remembered
            if remembered in self.known
            else translation.get_language_from_request(request)
        )
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if chosen and chosen != remembered and not request.path.startswith("/api/"):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return response

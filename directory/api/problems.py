"""What went wrong, as RFC 9457 problem documents."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from rest_framework import exceptions
from ulid import ULID

from directory.api.cors import allow_any_origin
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.search.texts import shown

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# Title, and what to say where nothing more is known.
STATUSES = {
    400: (
        gettext_lazy("The request is not valid"),
        gettext_lazy("This cannot be read as a request."),
    ),
    403: (gettext_lazy("Not allowed"), gettext_lazy("You may not do this.")),
    404: (gettext_lazy("Not found"), gettext_lazy("There is nothing at this address.")),
    405: (gettext_lazy("Method not allowed"), gettext_lazy("This address can only be read.")),
    406: (
        gettext_lazy("No such format"),
        gettext_lazy("The Accept header names no format that this address has."),
    ),
    410: (gettext_lazy("Gone"), gettext_lazy("This listing is no longer shown.")),
    412: (
        gettext_lazy("Changed in the meantime"),
        gettext_lazy("The version named in If-Match is not the present one."),
    ),
    429: (gettext_lazy("Too many calls"), gettext_lazy("Wait a moment, then call again.")),
    500: (
        gettext_lazy("Our mistake"),
        gettext_lazy("Something broke here. It has been noted under the request_id."),
    ),
    503: (gettext_lazy("Not ready"), gettext_lazy("Try again in a moment.")),
}


class BadParameters(exceptions.APIException):
    """Query parameters that cannot be taken: sentences by parameter name."""

    status_code = 400

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(
            _("Some parameters cannot be taken: %(names)s.") % {"names": ", ".join(errors)}
        )
        self.errors = [
            {"parameter": name, "pointer": f"/{name}", "detail": str(sentence)}
            for name, sentences in errors.items()
            for sentence in sentences
        ]


class NotFound(exceptions.APIException):
    """Nothing is there; the sentence says what was looked for."""

    status_code = 404


class Gone(exceptions.APIException):
    """A listing that was public once and is no longer shown."""

    status_code = 410


class TooManyFound(exceptions.APIException):
    """More is found than one file may hold; the sentence says what to do."""

    status_code = 400


def handle(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The problem document of an exception that a view raised; REST framework's EXCEPTION_HANDLER.

    None for anything unforeseen: it is a fault of ours, which `handler500` answers and logs.
    """
    request = context["request"]
    match exc:
        case Http404():
            return problem_response(request, 404)
        case PermissionDenied():
            return problem_response(request, 403)
        case exceptions.Throttled():
            response = problem_response(request, 429)
            if exc.wait is not None:
                response["Retry-After"] = str(max(1, round(exc.wait)))
            return response
        case BadParameters():
            return problem_response(request, 400, str(exc.detail), errors=exc.errors)
        case NotFound() | Gone() | TooManyFound():
            return problem_response(request, exc.status_code, str(exc.detail))
        case SearchIsBeingBuilt():
            response = problem_response(
                request, 503, _("The search index is being built; ask again in a moment.")
            )
            response["Retry-After"] = str(exc.retry_after)
            return response
        case exceptions.NotAcceptable():
            return problem_response(request, 406, no_such_kind(request, exc))
        case exceptions.APIException():
            return problem_response(request, exc.status_code)
    return None


def no_such_kind(request: HttpRequest, exc: exceptions.NotAcceptable) -> str:
    """What Accept asks for, and what the address has."""
    return _("Accept asks for “%(asked)s”. This address has: %(kinds)s.") % {
        "asked": shown(request.headers.get("Accept", "")),
        "kinds": ", ".join(renderer.media_type for renderer in exc.available_renderers),
    }


def problem_response(
    request: HttpRequest,
    status: int,
    detail: str = "",
    *,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """A problem document (RFC 9457) for any address under /api/; needs no database."""
    title, usual_detail = STATUSES.get(status, STATUSES[400 if status < 500 else 500])
    problem: dict[str, Any] = {
        "type": f"{reverse('api-reference')}#problem-parameters" if errors else "about:blank",
        "title": str(title),
        "status": status,
        "detail": detail or str(usual_detail),
        "instance": request.path,
        "request_id": request_id(request),
    }
    if errors:
        problem["errors"] = errors
    if status >= 500:
        logger.error("request_id %s: %s %s", problem["request_id"], request.method, request.path)
    # Escaped to ASCII: a lone surrogate in a path has no UTF-8 form.
    response = HttpResponse(json.dumps(problem), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store" if status in {429, 500, 503} else "no-cache"
    response["Content-Language"] = (get_language() or "en").split("-")[0]
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return allow_any_origin(response)


def request_id(request: HttpRequest) -> str:
    """The name under which the log knows this request; a new one where it has none yet."""
    return getattr(request, "request_id", "") or str(ULID())

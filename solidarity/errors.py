"""Errors outside any view: problem documents under /api/, pages elsewhere."""

from django.http import HttpRequest, HttpResponse

from directory.api.problems import problem_response
from directory.web import errors as pages

REASONS = {
    "nul": "The address holds a NUL character.",
    "parameters": "The address holds too many parameters.",
}


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/v")


def bad_request(
    request: HttpRequest, exception: Exception | None = None, *, reason: str = ""
) -> HttpResponse:
    """400: the request cannot be read."""
    if _is_api(request):
        return problem_response(request, 400, REASONS.get(reason, "The request cannot be read."))
    return pages.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this visitor."""
    if _is_api(request):
        return problem_response(request, 403, "This is not allowed.")
    return pages.forbidden(request, exception)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form whose check against forgery failed. The API takes no forms."""
    return pages.form_refused(request, reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing at this address."""
    if _is_api(request):
        return problem_response(request, 404, "There is nothing at this address.")
    return pages.not_found(request, exception)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: tried too often."""
    return pages.too_many_requests(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    if _is_api(request):
        return problem_response(request, 500, "Something broke on our side.")
    return pages.server_error(request)

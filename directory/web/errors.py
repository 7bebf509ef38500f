"""Pages for what went wrong, in the visitor's language, with a search box.

They ask neither the database nor the query string: either may be what is broken.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from directory.web.context import facts, languages


@dataclass(frozen=True)
class Trouble:
    """What happened, and what the visitor can do."""

    title: str
    text: str


TROUBLES = {
    400: Trouble(
        _("This address cannot be read"),
        _("Something in it is not written as it should be. Start from the search below."),
    ),
    403: Trouble(
        _("This page is not open to you"),
        _("If you are an editor, sign in first. Otherwise, start from the search below."),
    ),
    404: Trouble(
        _("There is no page here"),
        _("The address may be mistyped, or the page may have moved. Try the search below."),
    ),
    410: Trouble(
        _("This page was taken away"),
        _("It was here once and will not come back. Try the search below."),
    ),
    429: Trouble(
        _("Too many tries"),
        _("Somebody at your internet address tried this too often. Wait a few minutes."),
    ),
    500: Trouble(
        _("Something broke on our side"),
        _("Your address was right. Please try again in a few minutes."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 410)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page for a status of TROUBLES."""
    path = request.path if request.method in {"GET", "HEAD"} and status == 404 else "/"
    context = {
        **facts(),
        "languages": languages(path, QueryDict()),
        "trouble": TROUBLES[status],
        "status": status,
    }
    return HttpResponse(render_to_string("directory/error.html", context), status=status)

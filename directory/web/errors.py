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
# A form whose secret is missing or another than the browser's cookie says (Django's CSRF check).
FORM_REFUSED = Trouble(
    _("This form could not be taken"),
    _(
        "Your browser keeps no cookies for this site, which forms need, or the page was open for too "
        "long. Nothing was changed. Go back: most often what you typed is still there. Copy it, "
        "load the page anew, and send it once more."
    ),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the check against forged forms failed. Why exactly is nobody's business."""
    return page(request, 403, FORM_REFUSED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 410)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def page(request: HttpRequest, status: int, trouble: Trouble | None = None) -> HttpResponse:
    """The page for a status: of this trouble, else of that which TROUBLES names."""
    path = request.path if request.method in {"GET", "HEAD"} and status == 404 else "/"
    context = {
        **facts(),
        "languages": languages(path, QueryDict()),
        "trouble": trouble or TROUBLES[status],
        "status": status,
    }
    return HttpResponse(render_to_string("directory/error.html", context), status=status)

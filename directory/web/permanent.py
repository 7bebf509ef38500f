"""Permanent ids: they answer for ever, with the page, the data, or what became of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from directory.models import Organization, Publication
from directory.web.listing import gone


@require_safe
def permanent_id(request: HttpRequest, uid: str) -> HttpResponse:
    """303 to the page, or to the API where JSON is asked for; 301, 410 or 404 as the listing is."""
    organization = (
        Organization.objects.select_related("merged_into").filter(uid=uid.upper()).first()
    )
    if organization is None:
        raise Http404
    if organization.publication == Publication.MERGED:
        target = reverse("permanent-id", args=[organization.remaining.uid])
        return _to(target, 301)
    if organization.published_at is None:
        raise Http404
    if not organization.is_published:
        return gone(request)
    return _to(_address(request, organization), 303)


def _address(request: HttpRequest, organization: Organization) -> str:
    if request.accepts("application/json") and not request.accepts("text/html"):
        try:
            return reverse("api:organization-detail", args=[organization.uid])
        except NoReverseMatch:
            pass
    return organization.get_absolute_url()


def _to(address: str, status: int) -> HttpResponse:
    # What it answers may change, and change back: a merge can be undone.
    headers = {"Location": address, "Cache-Control": "no-cache"}
    response = HttpResponse(status=status, headers=headers)
    response.headers["Vary"] = "Accept"
    return response

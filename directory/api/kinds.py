"""The list of organizations as another kind: a file, where `Accept` prefers one (INTEROP 6.2)."""

from collections.abc import Sequence
from copy import copy

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from rest_framework.exceptions import NotAcceptable
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from directory.api.downloads import CSVViewSet, NDJSONViewSet, XLSXViewSet
from directory.api.geojson import ListingFeatureViewSet
from directory.api.negotiation import Preference

FILES = {
    viewset.renderer_classes[0]: viewset
    for viewset in (CSVViewSet, ListingFeatureViewSet, NDJSONViewSet, XLSXViewSet)
}


def file_instead(
    request: HttpRequest, renderers: Sequence[BaseRenderer]
) -> HttpResponseBase | None:
    """The answer of a file's own address, with its parameters and limits; None for the list.

    None too where nothing of what there is may be sent: the list says so.
    """
    if request.method not in {"GET", "HEAD"}:
        return None
    try:
        kind, _name = Preference().select_renderer(Request(request), renderers)
    except NotAcceptable:
        return None
    if type(kind) not in FILES:
        return None
    there = copy(request)
    # Links to other pages lead to the file too, for those who follow them with another Accept.
    there.path = there.path_info = reverse(f"api:organization-{kind.format}")
    response = FILES[type(kind)].as_view({"get": "list"})(there)
    if response.status_code in {200, 304}:
        response["Content-Location"] = there.get_full_path()
    return response

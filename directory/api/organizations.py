"""Listings: find them, read one."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.advice import advice_of
from directory.api.details import OrganizationDetail
from directory.api.filter_parameters import FILTERS
from directory.api.found import (
    FoundOrganization,
    OrganizationList,
    facets_of,
    near_of,
    results_of,
    understood_of,
)
from directory.api.kinds import FILES, file_instead
from directory.api.pagination import Page, envelope
from directory.api.parameters import FACETS, Parameter
from directory.api.problems import Gone, NotFound
from directory.api.searches import SearchViewSet
from directory.api.viewsets import Call
from directory.models import Organization
from directory.search.advice import LITTLE
from directory.search.engine import search
from directory.search.texts import shown

NAMES = tuple(FoundOrganization().fields)


class FieldNames(Parameter):
    """Names of fields with commas between; a fault names the field that is not there."""

    def read_one(self, text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in NAMES:
                raise ValueError(
                    _("There is no field %(name)s. Known are: %(names)s.")
                    % {"name": shown(name), "names": ", ".join(NAMES)}
                )
        return names


FIELDS = FieldNames(
    "fields",
    gettext_lazy("Only these fields of each result, with commas between."),
    {
        "type": "string",
        "pattern": rf"^({'|'.join(NAMES)})(,({'|'.join(NAMES)}))*$",
    },
    example="name,url,locations",
)
UID = Parameter(
    "uid",
    gettext_lazy("The permanent id of a listing: a ULID of 26 letters and digits."),
    {"type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"},
    example="01JCZ4M3V8Q7T2N5K9XW6R0BHE",
)


class Moved(serializers.Serializer):
    """A listing that was merged into another."""

    uid = serializers.CharField()
    merged_into = serializers.CharField()
    url = serializers.CharField()


class OrganizationViewSet(SearchViewSet):
    """Published listings. The list is also there as each kind of file, where Accept asks for it."""

    calls = {
        "list": Call(
            "listOrganizations",
            gettext_lazy("Find organizations"),
            gettext_lazy(
                "Takes the parameters of the results page, all optional. Each result says why it "
                "was found, and with near how far away it is. Fewer than three found: advice says "
                "what to leave out, and what comes close. Where Accept prefers text/csv, "
                "application/geo+json, application/x-ndjson or a workbook, the answer is that of "
                "the same address with the ending of such a file, and takes its parameters."
            ),
            answer=OrganizationList,
            filters=FILTERS,
            parameters=(FACETS, FIELDS),
            kinds={
                kind.media_type: viewset.calls["list"].answer for kind, viewset in FILES.items()
            },
            problems=(404,),
            example="q=credit+union&near=Washington,DC&radius=25&facets=1&page_size=2",
        ),
        "retrieve": Call(
            "readOrganization",
            gettext_lazy("One organization"),
            gettext_lazy(
                "Everything public about a listing: claims with who says so, locations as exactly "
                "as they may be shown, sources with their licence. The ETag begins with its version."
            ),
            answer=OrganizationDetail,
            problems=(404, 410),
            path_parameters=(UID,),
            moves=Moved,
        ),
    }

    def get_renderers(self) -> list[BaseRenderer]:
        is_list = self.action_map.get("get") == "list"
        return [*super().get_renderers(), *(kind() for kind in FILES if is_list)]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_list = self.action_map.get("get") == "list"
        answer = file_instead(request, self.get_renderers()) if is_list else None
        return answer or super().dispatch(request, *args, **kwargs)

    def list(self, request: Request) -> Response:
        query = self.question
        found = search(query)
        page = Page(query.page, query.page_size, found.total)
        page.check()
        self.link_headers = page.links(request)
        rows = self.rows((*found.hits, *found.advice.nearest, *found.advice.serving))
        results = results_of(found, rows, self.filters, request.build_absolute_uri)
        answer = envelope(page, self.link_headers, only(self.asked.values["fields"], results))
        answer["sort"] = found.sort
        if self.filters.reading or self.filters.asks_here:
            answer["understood"] = understood_of(query.words, self.filters.reading, request)
        if found.advice.texts_read:
            answer["texts_read"] = found.advice.texts_read
        if query.near:
            answer["near"] = near_of(query, self.filters.near_choices)
        if self.asked.values["facets"]:
            answer["facets"] = facets_of(found.facets)
        if found.total < LITTLE:
            answer["advice"] = advice_of(found.advice, rows, request, self.filters)
        return Response(answer)

    def retrieve(self, request: Request, uid: str) -> HttpResponseBase:
        organization = public_organization(uid)
        if not organization.is_published:
            return moved(request, organization, "api:organization-detail")
        self.version = organization.version
        detail = OrganizationDetail(organization, context=self.get_serializer_context())
        return Response(detail.data)


def only(fields: list[str] | None, results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results with these fields alone, or whole where none were named."""
    if not fields:
        return results
    return [{name: row[name] for name in fields if name in row} for row in results]


def public_organization(uid: str) -> Organization:
    """The listing of this id with all its page shows, if the public ever saw it.

    Raises NotFound for an id that was never public.
    """
    found = Organization.objects.public_history().for_page().filter(uid=uid[:26]).first()
    if found is None or len(uid) != 26:
        raise NotFound(_("There is no listing with this id."))
    return found


def moved(request: Request, organization: Organization, route: str) -> Response:
    """301 to the listing it was merged into; raises Gone where there is none on the site."""
    target = organization.remaining
    if target.pk == organization.pk or not target.is_published:
        raise Gone(_("This listing was taken off the site. Its id will not be used again."))
    url = request.build_absolute_uri(reverse(route, args=[target.uid]))
    answer = {"uid": organization.uid, "merged_into": target.uid, "url": url}
    # A merge may be undone: whoever keeps the answer asks again.
    return Response(answer, status=301, headers={"Location": url, "Cache-Control": "no-cache"})

"""Calls that take the parameters of the results page."""

from typing import Any

from rest_framework.request import Request

from directory.api.parameters import Asked
from directory.api.viewsets import PublicViewSet
from directory.models import Organization
from directory.search.filters import OrganizationFilter
from directory.search.query import Hit, Query


class SearchViewSet(PublicViewSet):
    """Reads the same parameters as the page, through the same filter."""

    filters: OrganizationFilter

    def _read(self, request: Request) -> Asked:
        asked = super()._read(request)
        if self.call.filters:
            own = [parameter.name for parameter in self.call.own_parameters]
            self.filters = OrganizationFilter(request.query_params, ignored=own)
            asked.errors = {**self.filters.errors, **asked.errors}
        return asked

    @property
    def question(self) -> Query:
        return self.filters.query

    def rows(self, hits: tuple[Hit, ...]) -> dict[int, Organization]:
        """The listings of hits by row id, with all that a card shows."""
        ids = [hit.organization_id for hit in hits]
        return Organization.objects.cards(ids) if ids else {}

    def get_serializer_context(self) -> dict[str, Any]:
        return {"here": self.request.build_absolute_uri}

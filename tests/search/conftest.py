"""Searching in tests: by words, through the real doors."""

from collections.abc import Callable

import pytest
from django.http import QueryDict

from directory.models import Organization
from directory.search.engine import search
from directory.search.filters import OrganizationFilter
from directory.search.query import Found


@pytest.fixture
def found(db) -> Callable[[str], Found]:
    """What an address finds: `found("q=bakery&near=Leeds")`."""

    def find(address: str) -> Found:
        filters = OrganizationFilter(QueryDict(address))
        assert filters.is_valid(), filters.errors
        return search(filters.query)

    return find


@pytest.fixture
def names(found) -> Callable[[str], list[str]]:
    """The names that an address finds, in order."""

    def find(address: str) -> list[str]:
        ids = [hit.organization_id for hit in found(address).hits]
        rows = Organization.objects.in_bulk(ids)
        return [rows[pk].name for pk in ids]

    return find


@pytest.fixture
def errors(db) -> Callable[[str], dict[str, list[str]]]:
    """What is wrong with an address, by parameter."""
    return lambda address: OrganizationFilter(QueryDict(address), ignored={"lang"}).errors

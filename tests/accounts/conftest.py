"""Who signs in, and how."""

import pytest
from django.core.cache import cache

from tests.accounts.pages import Visit


@pytest.fixture(autouse=True)
def no_tries_yet():
    """Tries are counted in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def visit(client, db) -> Visit:
    """Somebody's browser."""
    return Visit(client)

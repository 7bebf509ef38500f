"""Who uses the admin in the tests."""

import pytest
from django.test import Client

from tests.factories import make_user
from tests.second_factors import signed_in


@pytest.fixture
def editor(client):
    """A signed-in editor's browser."""
    return signed_in(client, make_user("ana", is_editor=True))


@pytest.fixture
def other():
    """Another editor's browser."""
    return signed_in(Client(), make_user("ben", is_editor=True))


@pytest.fixture
def curator(client):
    """A signed-in curator's browser."""
    return signed_in(client, make_user("cora", role="curator"))


@pytest.fixture
def operator(client):
    """A signed-in operator's browser."""
    return signed_in(client, make_user("olga", role="operator"))

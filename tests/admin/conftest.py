"""Who uses the admin in the tests."""

import pytest

from tests.factories import make_user


@pytest.fixture
def editor(client):
    """A signed-in editor's browser."""
    client.force_login(make_user("ana", is_editor=True))
    return client

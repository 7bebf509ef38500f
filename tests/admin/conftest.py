"""Who uses the admin in the tests."""

import pytest

from tests.factories import make_user
from tests.second_factors import signed_in


@pytest.fixture
def editor(client):
    """A signed-in editor's browser."""
    return signed_in(client, make_user("ana", is_editor=True))

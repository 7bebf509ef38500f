"""The address of a listing is the one that the routes give, however it is put together."""

import pytest
from django.urls import reverse, set_script_prefix

from directory.models import Organization


@pytest.mark.parametrize("prefix", ["/", "/2024/directory-0/"])
@pytest.mark.parametrize("slug", ["example-bakery", "0", "bakery-2-takoma-park", "Old_Word"])
def test_a_listing_has_the_address_of_its_route(slug, prefix):
    set_script_prefix(prefix)
    try:
        expected = reverse("organization-detail", args=[slug])
        assert Organization(slug=slug).get_absolute_url() == expected
        assert expected.startswith(prefix)
    finally:
        set_script_prefix("/")

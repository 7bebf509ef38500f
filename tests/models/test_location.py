"""What the public may learn of a location depends on its published precision."""

import pytest

from directory.models import Location
from tests.factories import make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def location() -> Location:
    return Location(
        name="Back door",
        street="1200 Example Street",
        postcode="20912",
        locality="Takoma Park",
        region="Maryland",
        country="US",
        place=make_place("us/maryland/takoma-park"),
        latitude=38.987654321,
        longitude=-77.012345678,
        accessibility_note="Ring twice",
    )


@pytest.mark.parametrize(
    ("precision", "street", "postcode", "latitude"),
    [
        ("exact", "1200 Example Street", "20912", 38.987654),
        ("street", "Example Street", "20912", 38.988),
        ("postcode", "", "20912", 38.99),
        ("town", "", "", 38.9779),
    ],
)
def test_less_is_told_the_coarser_the_precision(location, precision, street, postcode, latitude):
    location.precision = precision

    assert location.public.street == street
    assert location.public.postcode == postcode
    assert location.public.latitude == latitude


def test_a_town_too_small_for_the_gazetteer_is_told_to_about_ten_kilometres(location):
    location.place = make_place("us/maryland")
    location.precision = "town"

    assert (location.public.latitude, location.public.longitude) == (39.0, -77.0)


def test_a_region_is_told_without_its_town(location):
    location.precision = "region"

    assert location.public.locality == ""
    assert location.public.place.path == "us/maryland"


def test_nothing_is_told_of_a_hidden_location(location):
    location.precision = "hidden"

    assert location.public is None

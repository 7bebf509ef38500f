"""What was confirmed when can be asked for at every door that finds listings."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.actions.confirmations import verify
from directory.models import Door, VerificationLevel
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def three():
    """One confirmed lately, one long ago, one never."""
    lately = make_organization("Example lately", place="us/maryland/takoma-park")
    long_ago = make_organization("Example long ago", place="us/maryland/takoma-park")
    make_organization("Example never", place="us/maryland/takoma-park")
    for listing, days in ((lately, 10), (long_ago, 900)):
        verify(
            listing,
            level=VerificationLevel.EDITOR_CHECKED,
            on=TODAY - datetime.timedelta(days=days),
            by=None,
            door=Door.ADMIN,
        )


def listed(client, ask) -> int:
    return client.get("/api/v1/organizations/", ask).json()["count"]


def on_the_map(client, ask) -> int:
    return len(client.get("/api/v1/organizations.geojson", ask).json()["features"])


def in_clusters(client, ask) -> int:
    view = {"bbox": "-78,38,-76,40", "zoom": "8"}
    features = client.get("/api/v1/clusters/", ask | view).json()["features"]
    return sum(feature["properties"].get("count", 1) for feature in features)


def in_facets(client, ask) -> int:
    facets = client.get("/api/v1/organizations/", ask | {"facets": "1"}).json()["facets"]
    return sum(value["count"] for value in facets["verification"].values())


def on_the_page(client, ask) -> int:
    html = client.get(reverse("organization-list"), ask).content.decode()
    return html.count('<li class="hit"')


@pytest.mark.parametrize(
    "door", [listed, on_the_map, in_clusters, in_facets, on_the_page], ids=lambda d: d.__name__
)
@pytest.mark.parametrize(
    ("ask", "count"),
    [
        ({}, 3),
        ({"confirmed_after": (TODAY - datetime.timedelta(days=30)).isoformat()}, 1),
        ({"confirmed_after": (TODAY - datetime.timedelta(days=1000)).isoformat()}, 2),
        ({"verified_only": "true"}, 1),
    ],
    ids=["all", "lately", "ever", "checked and not stale"],
)
def test_every_door_knows_what_was_confirmed(client, three, door, ask, count):
    assert door(client, ask) == count

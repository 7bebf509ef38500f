"""Listings as GeoJSON, and drawn together for a map."""

import pytest
from django.urls import reverse

from tests.factories import make_organization

WORLD = {"bbox": "-180,-90,180,90", "zoom": "2"}


def test_features_have_the_longitude_first(read, fits):
    organization = make_organization("Bread Co-op", place="us/maryland/takoma-park")

    answer = read("organization-geojson")

    feature = answer["features"][0]
    assert feature["id"] == organization.uid
    assert feature["geometry"] == {"type": "Point", "coordinates": [-77.0075, 38.9779]}
    assert feature["properties"]["location_precision"] == "exact"
    assert (answer["numberMatched"], answer["numberReturned"]) == (1, 1)
    assert "crs" not in answer
    fits(answer, "listFeatures")


def test_a_hidden_or_unknown_location_has_no_geometry(read, fits):
    make_organization("Hidden", locations=[{"country": "US", "precision": "hidden"}])
    make_organization("Online", locations=[], service_areas=[{"kind": "online"}])

    answer = read("organization-geojson", sort="name")

    assert [feature["geometry"] for feature in answer["features"]] == [None, None]
    precisions = [f["properties"]["location_precision"] for f in answer["features"]]
    assert precisions == ["hidden", ""]
    fits(answer, "listFeatures")


def test_features_come_in_pages_with_links(client, db):
    for _ in range(3):
        make_organization()

    answer = client.get(reverse("api:organization-geojson"), {"page_size": 2}).json()
    following = next(link["href"] for link in answer["links"] if link["rel"] == "next")

    assert (answer["numberMatched"], answer["numberReturned"]) == (3, 2)
    assert client.get(following).json()["numberReturned"] == 1


def test_features_come_under_both_names_of_json(client, db):
    url = reverse("api:organization-geojson")

    assert client.get(url)["Content-Type"] == "application/geo+json"
    plain = client.get(url, headers={"accept": "application/json"})
    assert plain["Content-Type"] == "application/json"


def test_a_cluster_of_one_names_its_listing(read, fits):
    organization = make_organization("Bread Co-op", place="us/maryland/takoma-park")

    answer = read("clusters", **WORLD)

    properties = answer["features"][0]["properties"]
    assert properties["count"] == 1
    assert properties["uid"] == organization.uid
    assert properties["name"] == "Bread Co-op"
    assert properties["precision"] == "exact"
    assert len(properties["bbox"]) == 4
    fits(answer, "listClusters")


def test_a_cluster_of_many_names_none(read, fits):
    for _ in range(3):
        make_organization(place="us/maryland/takoma-park")

    answer = read("clusters", **WORLD)

    assert [f["properties"]["count"] for f in answer["features"]] == [3]
    assert answer["features"][0]["properties"]["uid"] is None
    fits(answer, "listClusters")


def test_clusters_take_the_filters_of_the_results(read):
    make_organization(types=("credit-union",))
    make_organization(types=("worker-cooperative",))

    answer = read("clusters", **WORLD, type="credit-union")

    assert [f["properties"]["count"] for f in answer["features"]] == [1]


def test_hidden_locations_are_in_no_cluster(read):
    make_organization(
        locations=[{"country": "US", "latitude": 1, "longitude": 1, "precision": "hidden"}]
    )

    assert read("clusters", **WORLD)["features"] == []


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"zoom": "2"}, id="no box"),
        pytest.param({"bbox": "", "zoom": "2"}, id="empty box"),
        pytest.param({"bbox": "-78,38,-76,40"}, id="no zoom"),
        pytest.param({"bbox": "-78,38,-76,40", "zoom": "23"}, id="zoom too deep"),
        pytest.param({"bbox": "-78,41,-76,40", "zoom": "2"}, id="south above north"),
        pytest.param({"bbox": "nan,0,1,1", "zoom": "2"}, id="no number"),
        pytest.param({"bbox": "0,0,1", "zoom": "2"}, id="three edges"),
        pytest.param({"bbox": "0,0,1,91", "zoom": "2"}, id="off the Earth"),
    ],
)
def test_a_map_view_that_is_none_is_refused(client, db, parameters):
    response = client.get(reverse("api:clusters"), parameters)

    assert response.status_code == 400
    assert {error["parameter"] for error in response.json()["errors"]} <= {"bbox", "zoom"}


@pytest.mark.parametrize("zoom", [0, 5, 10, 22])
def test_a_map_view_is_never_over_30_kilobytes_and_counts_everything(client, db, settings, zoom):
    settings.CLUSTERS_BYTES_MAX = 6_000  # So that forty listings with long names are too much.
    for number in range(40):
        place = {
            "latitude": round(-80 + 4.1 * number, 4),
            "longitude": round(-170 + 8.3 * number, 4),
        }
        make_organization(f"Example {'é' * 150} {number}", place=None, locations=[place])

    response = client.get(reverse("api:clusters"), WORLD | {"zoom": zoom})

    assert len(response.content) <= 6_000
    features = response.json()["features"]
    assert sum(feature["properties"]["count"] for feature in features) == 40

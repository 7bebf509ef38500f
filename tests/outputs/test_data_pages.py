"""/data/: what is there, and downloads that can be resumed."""

import pytest
from django.urls import reverse

from directory.exchange.dumps import shelf
from directory.exchange.dumps.building import build
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def dump() -> shelf.Dump:
    make_organization("Example Bakery")
    list(build())
    return shelf.dumps()[0]


def address(dump: shelf.Dump, name: str) -> str:
    return reverse("data-file", args=[dump.version, name])


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def test_before_the_first_night_the_page_says_so_and_names_other_ways(client):
    page = client.get(reverse("data")).content.decode()

    assert "There are no files yet." in page
    assert reverse("api-reference") in page
    assert client.get(reverse("data-catalogue")).status_code == 404


def test_the_page_has_every_file_with_size_and_checksum(client, dump):
    page = client.get(reverse("data")).content.decode()

    for each in dump.descriptor["resources"]:
        assert f'href="{address(dump, each["path"])}"' in page
        assert each["hash"].removeprefix("sha256:") in page
    assert address(dump, dump.archive.name) in page
    assert "1 listing" in page
    assert '"@type": "Dataset"' in page


def test_the_catalogue_leads_to_files_that_are_there(client, dump):
    catalogue = client.get(reverse("data-catalogue")).json()

    (dataset,) = catalogue["dcat:dataset"]
    for each in dataset["dcat:distribution"]:
        found = client.get(each["dcat:downloadURL"]["@id"])
        assert int(found["Content-Length"]) == int(each["dcat:byteSize"]["@value"])
        found.close()


def test_a_broken_download_goes_on_where_it_stopped(client, dump):
    url = address(dump, "organizations.ndjson")
    first = client.get(url)
    whole = content(first)

    rest = client.get(url, headers={"range": "bytes=100-", "if-range": first["ETag"]})

    assert (rest.status_code, first["Accept-Ranges"]) == (206, "bytes")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert rest["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
    assert whole[:100] + content(rest) == whole


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("bytes=0-9", slice(0, 10), id="the first ten"),
        pytest.param("bytes=-5", slice(-5, None), id="the last five"),
        pytest.param("bytes=3-99999999", slice(3, None), id="more than there is"),
        pytest.param("bytes=5-2", slice(None), id="backwards is no range"),
        pytest.param("bytes=0-1,3-4", slice(None), id="several: the whole"),
        pytest.param("lines=0-1", slice(None), id="another unit: the whole"),
    ],
)
def test_parts_of_a_file(client, dump, asked, expected):
    url = address(dump, "README.md")
    whole = content(client.get(url))

    response = client.get(url, headers={"range": asked})

    assert content(response) == whole[expected]
    assert response.status_code == (200 if expected == slice(None) else 206)


def test_a_part_that_is_not_there_is_refused(client, dump):
    response = client.get(address(dump, "README.md"), headers={"range": "bytes=9999999-"})

    assert response.status_code == 416
    assert response["Content-Range"].startswith("bytes */")


def test_the_rest_of_another_file_is_not_given(client, dump):
    url = address(dump, "README.md")

    response = client.get(url, headers={"range": "bytes=5-", "if-range": '"another"'})

    assert response.status_code == 200
    response.close()


def test_what_somebody_has_is_not_sent_again(client, dump):
    url = address(dump, "types.csv")
    first = client.get(url)
    first.close()

    by_tag = client.get(url, headers={"if-none-match": first["ETag"]})
    by_time = client.get(url, headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_time.status_code) == (304, 304)


def test_latest_leads_to_the_newest(client, dump):
    response = client.get(reverse("data-file", args=["latest", "datapackage.json"]))

    assert response.status_code == 302
    assert response["Location"] == address(dump, "datapackage.json")


@pytest.mark.parametrize("name", ["nothing.csv", "..", ".env", "fingerprints.txt", "%2e%2e%2flock"])
def test_nothing_else_is_given_out(client, dump, name):
    for version in (dump.version, "latest", "..", "building-1"):
        assert client.get(f"/data/{version}/{name}").status_code == 404

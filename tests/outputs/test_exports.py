"""What a search finds as a file: whole, in order, and only what may be passed on."""

import csv
import datetime
import io
import json
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from openpyxl import load_workbook

from directory.actions import organizations
from directory.actions.vocabulary import save_term
from directory.documents import document_of, public_document
from directory.exchange.exports import FORMATS, exported
from directory.exchange.licences import Licences
from directory.models import Door, Organization, Source, Term
from tests.factories import make_document, make_organization, make_source

pytestmark = pytest.mark.django_db

CRUMBS = 'Crumbs; “bread”, "and"\nmore'
RESTRICTED = {"licence": "non-commercial", "licence_name": "CC BY-NC 4.0"}
SECRET = {
    "street": "99 Hidden Lane",
    "country": "US",
    "latitude": 38.912345,
    "longitude": -77.034567,
    "precision": "hidden",
}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def get(client, form: str, **parameters) -> bytes:
    response = client.get(reverse(f"api:organization-{form}"), parameters)
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def bytes_of(response) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def lines(content: bytes) -> list[dict]:
    return [json.loads(line) for line in content.splitlines()]


def as_anyone_may_read(listing: Organization) -> dict:
    return public_document(document_of(Organization.objects.with_parts().get(pk=listing.pk)))


def test_the_machine_flavour_says_everything_as_it_is(client):
    listing = make_organization(
        "=SUM(A1)", description=CRUMBS, phone="+1 202 555 0142", phone_is_public=True
    )

    content = get(client, "csv")

    (row,) = table(content)
    assert content.startswith(b"uid,url,name,")
    assert b"\r\n" in content
    assert (row["uid"], row["name"], row["description"]) == (listing.uid, "=SUM(A1)", CRUMBS)
    assert row["phone"].startswith("+")
    assert row["type"] == "worker-cooperative"
    assert json.loads(row["document"]) == as_anyone_may_read(listing)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", " ="])
def test_the_spreadsheet_flavour_computes_nothing(client, sign):
    make_organization(f"{sign}cmd", summary="Bread - and more")

    content = get(client, "csv", flavour="spreadsheet")

    (row,) = table(content)
    assert content.startswith("\ufeff".encode())
    assert row["name"] == f"'{sign.strip()}cmd"
    assert row["summary"] == "Bread - and more"
    assert float(row["longitude"]) < 0
    assert "document" not in row


@pytest.mark.parametrize("divider", ";\t")
def test_the_spreadsheet_flavour_computes_nothing_where_cells_are_divided_otherwise(
    client, divider
):
    make_organization("Example", description="Bread; =cmd()\n@cmd", summary="Bread;+cmd, and more")

    text = get(client, "csv", flavour="spreadsheet").decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=divider) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "@"))]
    assert '"Example"' in text


def test_a_workbook_holds_texts_as_texts_and_a_sheet_of_credits(client):
    make_organization("=1+1")
    make_organization("Example Bakery")

    book = load_workbook(io.BytesIO(get(client, "xlsx", sort="name")), read_only=True)

    head, *rows = book["Listings"].iter_rows(values_only=True)
    assert sorted(row[head.index("name")] for row in rows) == ["=1+1", "Example Bakery"]
    cells = [cell for row in book["Listings"].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    assert "Example register (CC0 1.0)" in [
        r[0] for r in book["Licence"].iter_rows(values_only=True)
    ]


@pytest.mark.parametrize("form", ["csv", "geojson", "ndjson", "xlsx"])
def test_the_same_listings_give_the_same_bytes_at_any_hour(client, form):
    make_organization("Example Bakery")
    whole = {"whole": "true"} if form == "geojson" else {}
    first = get(client, form, **whole)

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=3)):
        assert get(client, form, **whole) == first


def test_every_format_has_all_pages_of_the_search_in_its_order(client):
    for name in ("Cider", "Apples", "Bread"):
        make_organization(f"Example {name}")
    make_organization("Example Union", types=("credit-union",))
    asked = {"type": "worker-cooperative", "page_size": "1", "page": "2", "sort": "name"}
    expected = ["Example Apples", "Example Bread", "Example Cider"]

    assert [row["name"] for row in table(get(client, "csv", **asked))] == expected
    assert [line["name"] for line in lines(get(client, "ndjson", **asked))] == expected
    found = json.loads(get(client, "geojson", whole="true", **asked))
    assert [feature["properties"]["name"] for feature in found["features"]] == expected
    assert found["attribution"][1:] == ["Example register (CC0 1.0)"]


def test_a_file_tells_no_more_than_the_listing_does(client):
    make_organization(
        "Example House", locations=[SECRET], email="me@example.org", email_is_public=False
    )

    for form, asked in (("csv", {}), ("ndjson", {}), ("geojson", {"whole": "true"})):
        content = get(client, form, licence="all", **asked)
        assert b"Example House" in content
        for secret in (b"Hidden Lane", b"38.91", b"77.03", b"me@example.org"):
            assert secret not in content, (form, secret)


def test_points_are_those_of_the_map(client):
    make_organization(
        "In town", locations=[{"place": "us/maryland/takoma-park", "precision": "town"}]
    )
    make_organization("At home")

    features = json.loads(get(client, "geojson", whole="1", sort="name"))["features"]

    paged = client.get(reverse("api:organization-geojson"), {"sort": "name"}).json()["features"]
    assert [(f["geometry"], f["properties"]["location_precision"]) for f in features] == [
        (f["geometry"], f["properties"]["location_precision"]) for f in paged
    ]


def test_what_a_licence_forbids_is_left_out_field_by_field_unless_all_is_asked_for(client):
    make_source("map", name="Example map", **RESTRICTED)
    register = {"source": "example-register", "fields": ["name", "claims", "locations"]}
    make_organization(
        "Partly",
        website="https://a.example/",
        sources=[register, {"source": "map", "fields": ["website"]}],
    )
    make_organization("Not at all", sources=[{"source": "map"}])

    (passed,) = table(get(client, "csv"))
    everything = {row["name"]: row for row in table(get(client, "csv", licence="all"))}

    assert (passed["name"], passed["website"], passed["reusable"]) == ("Partly", "", "false")
    assert passed["attribution"] == "Example register (CC0 1.0)"
    assert everything["Partly"]["website"] == "https://a.example/"
    assert "not under this directory's licence" in everything["Not at all"]["attribution"]


def test_a_claim_goes_by_its_own_source(client):
    make_source("map", **RESTRICTED)
    claims = [
        {"scheme": "type", "code": "worker-cooperative"},
        {"scheme": "value", "code": "shares", "source": "map", "asserted_by": "import"},
    ]
    make_document(values=("shares",))
    make_organization(claims=claims)

    (line,) = lines(get(client, "ndjson"))

    assert [claim["code"] for claim in line["claims"]] == ["worker-cooperative"]


def test_what_somebody_has_is_not_sent_again_until_a_listing_changes(client):
    listing = make_organization()
    address = reverse("api:organization-csv")
    first = client.get(address)
    tag = {"if-none-match": first["ETag"]}

    assert client.get(address, headers=tag).status_code == 304
    assert client.get(address, {"flavour": "spreadsheet"}, headers=tag).status_code == 200
    organizations.withdraw(listing, by=None, door=Door.COMMAND)
    assert client.get(address, headers=tag).status_code == 200


def test_who_asks_by_time_gets_what_changed_since(client):
    listing, start = make_organization(), timezone.now()
    address = reverse("api:organization-ndjson")
    client.get(address)
    with time_machine.travel(start + datetime.timedelta(minutes=1)):
        since = {"if-modified-since": client.get(address)["Last-Modified"]}
        assert client.get(address, headers=since).status_code == 304

        organizations.withdraw(listing, by=None, door=Door.COMMAND)
        assert client.get(address, headers=since).status_code == 200


def test_a_term_or_source_that_changes_changes_the_file_also_back_to_what_it_was(client):
    make_organization()
    make_source("map", attribution="Example Map")
    term, start = Term.objects.in_scheme("type").first(), timezone.now()
    address = reverse("api:organization-csv")

    def say(name: str, attribution: str) -> None:
        term.labels |= {"en": name}
        save_term(term)
        source = Source.objects.get(code="map")
        source.attribution = attribution
        source.save()

    client.get(address)
    changes = [
        ("Savers", "Example Map"),
        ("Savers", "Another Map"),
        ("Savers", "Example Map"),
        (term.labels["en"], "Example Map"),
    ]
    for minute, change in enumerate(changes):
        with time_machine.travel(start + datetime.timedelta(minutes=2 * minute + 1)):
            client.get(address, headers={"accept-language": "es"})
            first = client.get(address)
            held = [
                {"if-none-match": first["ETag"]},
                {"if-modified-since": first["Last-Modified"]},
            ]
            assert [client.get(address, headers=each).status_code for each in held] == [304, 304]
        with time_machine.travel(start + datetime.timedelta(minutes=2 * minute + 2)):
            say(*change)
            assert [client.get(address, headers=each).status_code for each in held] == [200, 200]


def test_who_asks_by_time_gets_what_changed_and_changed_back_while_this_process_slept(client):
    make_organization()
    source, start = make_source("map", attribution="Example Map"), timezone.now()
    address = reverse("api:organization-csv")

    def at(minute: int) -> datetime.datetime:
        return start + datetime.timedelta(minutes=minute)

    with time_machine.travel(at(1), tick=False):
        assert client.get(address).status_code == 200
    for minute, words in [(2, "Another Map"), (4, "Example Map")]:
        with time_machine.travel(at(minute), tick=False):
            source.attribution = words
            source.save()
    told_elsewhere = {"if-modified-since": http_date(at(3).timestamp())}

    with time_machine.travel(at(5), tick=False):
        answer = client.get(address, headers=told_elsewhere)
        assert answer.status_code == 200
        assert answer["Last-Modified"] == http_date(at(4).timestamp())
        since = {"if-modified-since": answer["Last-Modified"]}
        assert client.get(address, headers=since).status_code == 304


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/csv", "csv"),
        ("text/csv; header=present, application/json;q=0.5", "csv"),
        ("application/geo+json", "geojson"),
        ("application/x-ndjson, */*;q=0.1", "ndjson"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ],
)
def test_the_list_is_the_file_that_accept_asks_for(client, accept, ending):
    make_organization("Example Bakery")
    wanted = client.get(reverse(f"api:organization-{ending}"), {"q": "bakery"})

    answer = client.get(
        reverse("api:organization-list"), {"q": "bakery"}, headers={"accept": accept}
    )

    assert bytes_of(answer) == bytes_of(wanted)
    assert answer["Content-Type"] == wanted["Content-Type"]
    assert answer["Content-Location"] == f"/api/v1/organizations.{ending}?q=bakery"
    assert "Accept" in answer["Vary"].split(", ")


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "application/json, text/csv", "text/html,*/*;q=0.8", "text/csv;q=0, */*;q=x"],
)
def test_the_list_is_json_unless_a_file_is_preferred(client, accept):
    answer = client.get(reverse("api:organization-list"), headers={"accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_a_kind_that_is_not_there_is_named_beside_those_that_are(client):
    answer = client.get(reverse("api:organization-list"), headers={"accept": "application/xml"})

    assert (answer.status_code, "Accept" in answer["Vary"]) == (406, True)
    for words in ("“application/xml”", "application/json", "text/csv", "application/geo+json"):
        assert words in answer.json()["detail"]


def test_a_file_has_a_name_and_head_writes_none(client):
    make_organization()

    response = client.head(reverse("api:organization-ndjson"))

    assert 'attachment; filename="solidarity-directory-' in response["Content-Disposition"]
    assert response["Content-Type"] == "application/x-ndjson"
    assert not response.streaming


def test_more_than_a_file_may_hold_leads_to_the_dumps(client, settings):
    settings.DOWNLOAD_LISTINGS_MAX = 1
    make_organization()
    make_organization()

    answer = client.get(reverse("api:organization-csv")).json()

    assert answer["status"] == 400
    assert "This finds 2 listings" in answer["detail"]
    assert "/data/" in answer["detail"]
    page = client.get(reverse("organization-list")).content.decode()
    assert "organizations.csv" not in page
    assert 'href="/data/"' in page


def test_files_are_limited_by_address(client, settings):
    settings.API_RATE, settings.DOWNLOAD_RATE = "600/min", "2/hour"
    make_organization()

    answers = [client.get(reverse("api:organization-csv")).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert client.get(reverse("api:organization-list")).status_code == 200


def test_results_lead_to_each_file_of_the_same_search(client):
    make_organization("Bread")

    page = client.get(reverse("organization-list"), {"q": "bread", "page": "1"}).content.decode()

    for form in (
        "csv?q=bread&amp;flavour=spreadsheet",
        "xlsx?q=bread",
        "ndjson?q=bread",
        "geojson?q=bread&amp;whole=true",
    ):
        assert f'href="/api/v1/organizations.{form}"' in page


def test_wrong_parameters_are_named(client):
    answer = client.get(reverse("api:organization-csv"), {"licence": "mine", "typ": "x"}).json()

    assert {fault["parameter"] for fault in answer["errors"]} == {"licence", "typ"}


def test_a_file_takes_as_many_queries_for_many_as_for_one(client):
    def queries() -> int:
        get(client, "csv")  # The search takes in what is new.
        with CaptureQueriesContext(connection) as counted:
            get(client, "csv")
        return len(counted)

    make_organization()
    one = queries()
    for _number in range(5):
        make_organization()

    assert queries() == one


def test_the_command_writes_the_same_as_the_site(client, tmp_path, settings):
    settings.SITE_URL = "http://testserver"
    make_organization("Bread")
    make_organization("Cider", types=("brewery",))
    path = tmp_path / "out.csv"

    call_command("export_organizations", "q=bread", format="csv", output=path)

    assert path.read_bytes() == get(client, "csv", q="bread")
    assert [*tmp_path.glob("*.part")] == []
    with pytest.raises(CommandError, match="radius"):
        call_command("export_organizations", "radius=far", format="csv", output=path)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.django_db(transaction=True)
def test_a_process_that_reads_ahead_changes_no_byte_and_fails_with_the_file(
    tmp_path, capfd, monkeypatch
):
    # A server of other tests may run in a thread.
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    restricted = make_source("nc-register", **RESTRICTED)
    listing = make_organization('Crumbs; "bread"', locations=[SECRET])
    make_organization("Cider")
    make_organization("Kept", sources=[{"source": restricted.code, "external_id": "1"}])
    licences = Licences()
    for form in FORMATS.values():
        alone, ahead = (
            b"".join(exported(form, licences, site="https://x.example", is_read_ahead=is_ahead))
            for is_ahead in (False, True)
        )
        assert alone == ahead

    listing.revisions.update(document={"locations": 5})
    path = tmp_path / "out.csv"
    with pytest.raises(RuntimeError, match="ended before it was done"):
        call_command("export_organizations", format="csv", output=path)
    assert not path.exists()
    assert "TypeError" in capfd.readouterr().err

"""Nightly files: complete, true, private, published whole or not at all, kept as long as promised."""

import csv
import hashlib
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from jsonschema import Draft7Validator

from directory.actions import erasures, exclusions, organizations
from directory.documents import document_of, public_document
from directory.documents.organization import ORGANIZATION
from directory.exchange.dumps import shelf
from directory.exchange.dumps.building import build
from directory.exchange.dumps.fresh import keep_fresh
from directory.exchange.mappings import Reader, guess
from directory.exchange.tables import open_table
from directory.models import Door, Organization
from tests.factories import make_organization, make_source
from tests.merges.steps import merge

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 3, 10, 3, 30, tzinfo=UTC)
SECRETS = (b"Hidden Lane", b"ZZ9", b"Secretville", b"38.91", b"77.03", b"me@example.org", b"555")


def dump() -> shelf.Dump:
    for _count in build():
        pass
    return shelf.dumps()[0]


def table(found: shelf.Dump, name: str) -> list[dict[str, str]]:
    with found.file(f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def documents(found: shelf.Dump, name: str = "organizations") -> dict[str, dict]:
    text = found.file(f"{name}.ndjson").read_text(encoding="utf-8")
    return {line["uid"]: document_in(line) for line in map(json.loads, text.splitlines())}


def document_in(line: dict) -> dict:
    return {name: line[name] for name in ORGANIZATION.members}


def private_house(name: str = "Example House") -> Organization:
    return make_organization(
        name,
        email="me@example.org",
        phone="+1 202 555 0142",
        locations=[
            {
                "street": "99 Hidden Lane",
                "postcode": "ZZ9 9ZZ",
                "locality": "Secretville",
                "country": "US",
                "latitude": 38.912345,
                "longitude": -77.034567,
                "precision": "hidden",
            }
        ],
        service_areas=[
            {"kind": "radius", "latitude": 38.912345, "longitude": -77.034567, "radius_km": 10}
        ],
    )


def whole_listing() -> Organization:
    return make_organization(
        "Example Bakery",
        values=("deepens-democracy",),
        sectors=("food.baking",),
        other_names=["Bread", "The Bakery"],
        further_languages=["es"],
        translations={"es": {"name": "Panadería de ejemplo"}},
        links=[{"url": "https://a.example/", "title": "A"}],
        governance={"ownership": ["workers"], "pay_ratio": 3.0, "led_by": ["women"]},
        identifiers=[{"scheme": "X-OSM", "value": "node/240109189"}],
        service_areas=[{"kind": "online"}],
        email="hello@a.example",
        email_is_public=True,
    )


def test_a_dump_is_a_data_package_whose_tables_are_what_it_says(standards):
    whole_listing()
    private_house()
    schema = json.loads((standards / "frictionless/2.0/datapackage.json").read_text())

    found = dump()

    Draft7Validator(schema).validate(found.descriptor)
    tables = {each["name"]: each for each in found.descriptor["resources"] if "schema" in each}
    for name, resource in tables.items():
        assert_rows_fit(table(found, name), resource["schema"])
        for key in resource["schema"].get("foreignKeys", []):
            assert_leads_there(found, name, key)
    assert {"organizations", "locations", "identifiers", "types", "sources"} <= set(tables)


def assert_rows_fit(rows: list[dict], schema: dict) -> None:
    names = [each["name"] for each in schema["fields"]]
    for row in rows:
        assert list(row) == names
        for each in schema["fields"]:
            value, rules = row[each["name"]], each.get("constraints", {})
            assert value or not rules.get("required"), (each, row)
            if value:
                assert value in rules.get("enum", [value])
                assert each["type"] not in {"integer", "number"} or float(value) is not None
                assert each["type"] != "boolean" or value in {"true", "false"}
    keys = [tuple(row[name] for name in schema.get("primaryKey", names)) for row in rows]
    assert len(keys) == len(set(keys)) or "primaryKey" not in schema


def assert_leads_there(found: shelf.Dump, name: str, key: dict) -> None:
    there = {
        row[key["reference"]["fields"][0]] for row in table(found, key["reference"]["resource"])
    }
    here = {row[key["fields"][0]] for row in table(found, name)} - {""}
    assert here <= there, (name, key, here - there)


def test_checksums_hold_and_the_archive_has_every_file():
    whole_listing()
    found = dump()

    for name, digest in found.sums.items():
        assert hashlib.sha256(found.file(name).read_bytes()).hexdigest() == digest
    for each in found.descriptor["resources"]:
        assert found.file(each["path"]).stat().st_size == each["bytes"]
        assert found.sums[each["path"]] == each["hash"].removeprefix("sha256:")
    with zipfile.ZipFile(found.archive) as archive:
        assert archive.testzip() is None
        names = {path.name for path in found.folder.iterdir()} - {found.archive.name}
        assert set(archive.namelist()) == names
    assert {"README.md", "LICENSE.txt", "ATTRIBUTION.txt", "datapackage.json"} <= names


def test_hidden_addresses_and_private_contacts_are_in_no_file():
    private_house()
    found = dump()

    assert b"Example House" in found.file("organizations.ndjson").read_bytes()
    with zipfile.ZipFile(found.archive) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for path in found.folder.iterdir():
        contents.setdefault(path.name, path.read_bytes())
    for name, content in contents.items():
        if name.endswith((".zip", "SUMS", "package.json")):
            continue  # Digests and sizes may hold any digits.
        told = [secret for secret in SECRETS if secret in content.replace(b".555", b"")]
        assert not told, (name, told)


def test_what_may_not_be_passed_on_is_counted_and_left_out():
    make_source("map", name="Example map", licence="non-commercial")
    make_organization("Restricted", sources=[{"source": "map"}])
    make_organization("Free")

    found = dump()

    assert [row["name"] for row in table(found, "organizations")] == ["Free"]
    assert [row["code"] for row in table(found, "sources")] == ["example-register"]
    assert found.descriptor["left_out"] == 1
    assert b"Example map" not in found.file("ATTRIBUTION.txt").read_bytes()


def test_ids_that_are_shown_no_more_are_tombstones_without_anything_else():
    gone, draft = make_organization("Secret Name"), make_organization(published=False)
    organizations.withdraw(gone, by=None, door=Door.COMMAND)

    found = dump()

    (row,) = table(found, "tombstones")
    assert (row["id"], row["state"], row["merged_into"]) == (gone.uid, "withdrawn", "")
    with zipfile.ZipFile(found.archive) as archive:
        for name in archive.namelist():
            assert b"Secret Name" not in archive.read(name)
            assert draft.uid.encode() not in archive.read(name)


def test_a_tombstone_leads_to_the_end_of_all_merges():
    first, second, third = (make_organization(f"Example {name}") for name in "ABC")
    merge(first, second)
    merge(second, third)

    rows = {row["id"]: row["merged_into"] for row in table(dump(), "tombstones")}

    assert rows == {first.uid: third.uid, second.uid: third.uid}


def test_changes_since_the_dump_before():
    kept, changed, gone = (make_organization(name) for name in ("Kept", "Changed", "Gone"))
    first = dump()
    assert table(first, "changes") == []
    document = document_of(Organization.objects.with_parts().get(pk=changed.pk))
    organizations.edit(changed, document | {"summary": "New."}, by=None, door=Door.COMMAND)
    organizations.withdraw(gone, by=None, door=Door.COMMAND)
    added = make_organization("Added")

    second = dump()

    assert {row["id"]: row["change"] for row in table(second, "changes")} == {
        changed.uid: "changed",
        gone.uid: "removed",
        added.uid: "added",
    }
    assert set(documents(second, "changes")) == {changed.uid, added.uid}
    assert second.descriptor["changes_since"] == first.version
    assert kept.uid in documents(second)


def test_changes_are_those_since_the_first_dump_of_the_day_before_whatever_came_between():
    listings = {name: make_organization(name) for name in ("Morning", "Noon", "Night")}
    found = {}
    for hours, name in [(0, "Morning"), (9, "Noon"), (12, "Night"), (24, "Night"), (33, "Night")]:
        with time_machine.travel(NIGHT + timedelta(hours=hours)):
            written = dump()
            listing = Organization.objects.with_parts().get(pk=listings[name].pk)
            edited = document_of(listing) | {"summary": f"Edited {hours} hours later."}
            organizations.edit(listing, edited, by=None, door=Door.COMMAND)
        names = [each["name"] for each in documents(written, "changes").values()]
        found[written.version] = (written.descriptor["changes_since"], names)

    assert found == {
        "2026-03-10": ("", []),
        "2026-03-10.2": ("2026-03-10", ["Morning"]),
        "2026-03-10.3": ("2026-03-10", ["Morning", "Noon"]),
        "2026-03-11": ("2026-03-10", [*listings]),
        "2026-03-11.2": ("2026-03-10", [*listings]),
    }


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_an_import_reads_the_documents_of_the_files_as_they_are(tmp_path, form):
    whole_listing()
    make_organization(
        "Example Clinic", locations=[{"place": "us/maryland/takoma-park", "precision": "town"}]
    )
    before = documents(dump())
    file = shelf.dumps()[0].file("organizations.ndjson")
    if form == "csv":
        file = tmp_path / "export.csv"
        call_command("export_organizations", format="csv", output=file)

    opened = open_table(file)
    staged = list(Reader(guess(opened), "example-register").rows(opened))

    assert {row.external_id: row.problems for row in staged} == {uid: [] for uid in before}
    assert {row.external_id: remade(row.document) for row in staged} == before


def remade(document: dict) -> dict:
    """The public document of a listing made from this one; its address word is taken here."""
    taken = document | {"slug": f"{document['slug']}-again"}
    copy = organizations.add(taken, by=None, door=Door.COMMAND)
    organizations.publish(copy, by=None, door=Door.COMMAND)
    loaded = Organization.objects.with_parts().get(pk=copy.pk)
    return public_document(document_of(loaded)) | {"slug": document["slug"]}


def test_a_kept_dump_with_erased_data_goes_and_a_new_one_comes():
    listing = make_organization("Example Bakery of Ana Example")
    job = None
    with time_machine.travel(NIGHT):
        list(keep_fresh(job))
    with time_machine.travel(NIGHT + timedelta(hours=9)):
        list(keep_fresh(job))
        assert [each.version for each in shelf.dumps()] == ["2026-03-10"]
        erasures.erase(
            listing, erasures.Wish(words=["Ana Example"]), by=None, door=Door.ADMIN, reason="Asked"
        )
        list(keep_fresh(job))

        (found,) = shelf.dumps()

    with zipfile.ZipFile(found.archive) as archive:
        assert all(b"Ana Example" not in archive.read(name) for name in archive.namelist())
    assert found.begun_at > NIGHT + timedelta(hours=8)


def taken_back(listing: Organization) -> None:
    organizations.withdraw(listing, by=None, door=Door.ENTERPRISE)


def put_into_the_register(listing: Organization) -> None:
    exclusions.exclude(document_of(listing), by=None, reason="Asked not to be listed")


@pytest.mark.parametrize("removed", [taken_back, put_into_the_register])
def test_dumps_from_before_somebody_took_a_listing_back_go(removed):
    listing = make_organization("Example Bakery")
    with time_machine.travel(NIGHT):
        list(keep_fresh(None))
    with time_machine.travel(NIGHT + timedelta(hours=9)):
        removed(Organization.objects.with_parts().get(pk=listing.pk))
        list(keep_fresh(None))
        (found,) = shelf.dumps()
        list(keep_fresh(None))
        assert shelf.dumps() == [found]

    assert found.begun_at > NIGHT + timedelta(hours=8)


def test_who_leads_an_enterprise_is_in_no_bulk_file():
    whole_listing()

    found = dump()

    assert {row["question"] for row in table(found, "governance")} == {"ownership", "pay_ratio"}
    assert b"led_by" not in found.file("organizations.ndjson").read_bytes()


def test_one_is_written_each_night_and_old_ones_go_by_the_policy():
    make_organization()
    for days in [0, *range(40, 50), 50]:
        with time_machine.travel(NIGHT + timedelta(days=days)):
            list(keep_fresh(None))

    versions = [each.version for each in shelf.dumps()]

    assert versions == [
        *[str((NIGHT + timedelta(days=days)).date()) for days in range(50, 43, -1)],
        "2026-03-10",
    ]
    assert shelf.dumps()[1].file("organizations.csv")
    assert sorted(path.suffix for path in shelf.dumps()[2].folder.iterdir()) == [
        "",
        ".json",
        ".zip",
    ]


def test_before_its_hour_none_is_written_twice_a_day():
    make_organization()
    for moment in (NIGHT, NIGHT + timedelta(hours=12), NIGHT + timedelta(hours=22)):
        with time_machine.travel(moment):
            list(keep_fresh(None))

    assert [each.version for each in shelf.dumps()] == ["2026-03-10"]


def test_whoever_stops_in_the_middle_leaves_the_one_before_standing():
    make_organization()
    before = dump()
    unfinished = build()
    next(unfinished)

    assert [each.version for each in shelf.dumps()] == [before.version]
    with pytest.raises(CommandError, match="another process"):
        call_command("build_dump", verbosity=0)
    unfinished.close()

    assert dump().version == f"{before.version}.2"
    assert [*shelf.shelf().glob("building-*")] == []


def test_what_a_killed_build_left_behind_is_shown_to_nobody_and_goes(client):
    make_organization()
    before = dump()
    left = shelf.shelf() / "building-0123"
    (left / "files").mkdir(parents=True)
    (left / "files" / "organizations.csv").write_text("half")

    page = client.get("/data/").content.decode()

    assert before.version in page
    assert client.get("/data/building-0123/files").status_code == 404
    dump()
    assert not left.exists()


def test_the_worker_writes_dumps(client):
    make_organization()

    call_command("work", once=True, verbosity=0)

    assert len(shelf.dumps()) == 1

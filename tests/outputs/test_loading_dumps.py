"""A fresh directory made from a dump says the same; whatever cannot be taken is told, not lost."""

import datetime
import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.actions import confirmations, networks, organizations, undo, vocabulary
from directory.documents import document_of
from directory.exchange.dumps.loading import Load
from directory.exchange.dumps.package_files import package_at
from directory.models import (
    Changeset,
    Door,
    Organization,
    Place,
    Revision,
    Source,
    Term,
    VerificationEvent,
    VerificationLevel,
)
from tests.factories import make_network, make_organization, make_source
from tests.outputs.test_dumps import documents, dump, private_house, table, whole_listing

pytestmark = pytest.mark.django_db

NAMES = (
    "organizations.ndjson",
    "organizations.csv",
    "sources.csv",
    "tombstones.csv",
    "address_words.csv",
    "datapackage.json",
)
KEPT = ("verification", "verified_on", "last_confirmed_at", "published_at")


def listings_with_everything() -> None:
    make_source(
        "map",
        name="Example map",
        licence="attribution",
        attribution="© Example",
        url="https://m.example/",
    )
    bakery = whole_listing()
    document = document_now(bakery)
    claim = document["claims"][0] | {
        "is_primary": True,
        "statement": "It is owned by those who work there.",
        "evidence_url": "https://a.example/rules",
        "evidence_title": "Rules",
        "source": "map",
        "checked_on": "2026-01-02",
        "valid_until": "2027-01-02",
    }
    clinic = document["locations"][0] | {"precision": "town", "name": "Clinic"}
    document |= {
        "claims": [claim, *document["claims"][1:]],
        "locations": [*document["locations"], clinic],
        "service_areas": [
            {"kind": "online"},
            {"kind": "place", "place": "us/maryland"},
            {"kind": "radius", "latitude": 38.97, "longitude": -77.0, "radius_km": 10},
        ],
        "sources": [
            *document["sources"],
            {
                "source": "map",
                "external_id": "node/1",
                "url": "https://m.example/1",
                "fetched_on": "2025-12-31",
                "fields": ["name", "locations"],
            },
        ],
    }
    organizations.edit(bakery, document, by=None, door=Door.COMMAND)
    networks.join(make_network(), bakery, by=None, door=Door.COMMAND)
    confirmations.verify(
        bakery,
        level=VerificationLevel.EDITOR_CHECKED,
        on=datetime.date(2026, 1, 3),
        by=None,
        door=Door.COMMAND,
    )
    private_house()
    make_organization("Example Bakery")  # Of the same name, under another address word.


def document_now(listing: Organization) -> dict:
    return document_of(Organization.objects.with_parts().get(uid=listing.uid))


def empty_the_database() -> None:
    """Of all but terms and places, which a fresh directory has as well."""
    for model in (Revision, VerificationEvent, Organization, Changeset, Source):
        model.objects.all().delete()


def load(path: Path, **options) -> str:
    """Load a dump by the command; what it says."""
    said = io.StringIO()
    call_command("load_dump", str(path), stdout=said, stderr=said, **options)
    return said.getvalue()


def copied(folder: Path, to: Path, **changes: bytes) -> Path:
    """The files that are loaded, with other contents for some, and checksums that hold."""
    to.mkdir()
    for name in NAMES:
        content = changes.get(name.replace(".", "_"), (folder / name).read_bytes())
        (to / name).write_bytes(content)
    sums = [f"{hashlib.sha256((to / name).read_bytes()).hexdigest()}  {name}\n" for name in NAMES]
    (to / "SHA256SUMS").write_text("".join(sums))
    return to


def test_a_fresh_directory_loaded_from_a_dump_says_the_same_and_again_changes_nothing():
    listings_with_everything()
    before = dump()
    empty_the_database()

    said = load(before.folder)

    after = dump()
    assert "added             3" in said
    assert documents(after) == documents(before)
    assert table(after, "sources") == table(before, "sources")
    for old, new in zip(table(before, "organizations"), table(after, "organizations"), strict=True):
        assert {name: new[name] for name in KEPT} == {name: old[name] for name in KEPT}
    assert [*Revision.objects.values_list("changeset__door", "kind").distinct()] == [
        ("command", "published")
    ]
    assert Changeset.objects.count() == 1
    # A check that came with its listing is not something others have built on it since.
    for revision in Revision.objects.all():
        assert not undo.plan_revision(revision).obstacles

    again = load(before.archive)

    assert "same              3" in again
    assert "There was nothing to write." in again
    assert Revision.objects.count() == 3


def test_a_damaged_dump_is_refused_before_anything_is_loaded(tmp_path):
    whole_listing()
    found = dump()
    empty_the_database()
    folder = tmp_path / "copy"
    shutil.copytree(found.folder, folder)
    damaged = (folder / "organizations.ndjson").read_bytes().replace(b"Bakery", b"Fakery")
    (folder / "organizations.ndjson").write_bytes(damaged)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(found.archive.read_bytes()[:-100])

    with pytest.raises(CommandError, match=r"organizations\.ndjson is damaged"):
        load(folder)
    with pytest.raises(CommandError, match=r"cut\.zip cannot be read"):
        load(cut)
    (folder / "sources.csv").unlink()
    with pytest.raises(CommandError, match=r"sources\.csv is missing"):
        load(folder)

    assert not Organization.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("organizations.ndjson", b'"uid":"', b'"uid":"x', r"organizations\.ndjson, line 1: uid"),
        ("organizations.ndjson", b'"unverified"', b'"sure"', "line 1: verification: 'sure'"),
        (
            "organizations.ndjson",
            b'"published_at":"2',
            b'"published_at":"x',
            "line 1: published_at",
        ),
        ("organizations.ndjson", b"{", b"", "line 1: this is no JSON"),
        ("sources.csv", b"public-domain", b"free", r"sources\.csv, line 2, column licence: 'free'"),
        ("sources.csv", b"licence,", b"terms,", "the column licence is missing"),
    ],
)
def test_what_is_wrong_is_told_by_file_line_and_field(tmp_path, name, old, new, told):
    make_organization()
    found = dump()
    empty_the_database()
    content = found.file(name).read_bytes().replace(old, new, 1)
    folder = copied(found.folder, tmp_path / "copy", **{name.replace(".", "_"): content})

    with pytest.raises(CommandError, match=told):
        load(folder)

    assert not Organization.objects.exists()


def test_a_place_nobody_knows_is_kept_in_words_and_a_term_nobody_knows_is_told(tmp_path):
    make_organization("Of a Place")
    make_organization("Of a Term", types=("guild",), place=None, service_areas=[{"kind": "online"}])
    found = dump()
    empty_the_database()
    Place.objects.filter(path="us/maryland/takoma-park").delete()
    guild = Term.objects.get(code="guild")
    guild.code = "circle"
    vocabulary.save_term(guild)
    report = tmp_path / "report.ndjson"

    said = load(found.folder, report=report)

    (listing,) = Organization.objects.with_parts()
    (location,) = document_now(listing)["locations"]
    assert (listing.name, location["place"]) == ("Of a Place", "")
    assert (location["locality"], location["country"]) == ("Takoma Park", "US")
    assert "us/maryland/takoma-park (1)" in said
    (line,) = map(json.loads, report.read_text().splitlines())
    assert (line["where"], line["outcome"]) == ("organizations.ndjson, line 2", "refused")
    assert "/claims/0/code: There is no type with the code guild." in line["reason"]
    assert "same              1" in load(found.folder)


def test_what_differs_is_told_and_left_unless_it_is_asked_to_be_updated():
    bakery, house = make_organization("Example Bakery"), private_house()
    found = dump()
    for listing in (bakery, house):
        edited = document_now(listing) | {"summary": "Edited here."}
        organizations.edit(listing, edited, by=None, door=Door.COMMAND)

    said = load(found.folder)

    assert "differs           2" in said
    assert "Here it says something else: summary." in said
    assert document_now(bakery)["summary"] == "Edited here."

    said = load(found.folder, update=True)

    assert "updated           2" in said
    assert documents(dump()) == documents(found)
    assert document_now(house)["locations"][0]["street"] == "99 Hidden Lane"
    assert document_now(house)["email"] == "me@example.org"
    assert "There was nothing to write." in load(found.folder, update=True)


def test_what_was_taken_down_here_stays_down():
    listing = make_organization("Example Bakery")
    found = dump()
    organizations.withdraw(listing, by=None, door=Door.ENTERPRISE)

    said = load(found.folder, update=True)

    listing.refresh_from_db()
    assert "left: Its state here: Withdrawn." in said
    assert not listing.is_published


def test_ended_in_the_middle_it_goes_on_where_it_was(settings):
    settings.DUMP_LISTINGS_AT_ONCE = 2
    for _number in range(5):
        make_organization()
    found = dump()
    empty_the_database()
    with package_at(found.archive) as package:
        begun = Load(package, lambda told: None, is_updating=False)
        begun.load_sources()
        assert next(begun.load_listings()) == 2

    said = load(found.archive)

    assert "added             3" in said
    assert documents(dump()) == documents(found)


def test_a_dump_under_another_licence_is_loaded_only_for_a_reason(settings):
    make_organization()
    found = dump()
    empty_the_database()
    settings.SITE_LICENCE = "ODbL 1.0"

    with pytest.raises(CommandError, match=r"the licence of the dump is CC BY 4\.0"):
        load(found.folder)
    load(found.folder, anyway="They agreed in writing.")

    assert Changeset.objects.get().reason.endswith("They agreed in writing.")

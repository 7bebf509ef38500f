"""What becomes of each row, told before anything is written."""

import csv
import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions import erasures, exclusions, import_applying, merges, organizations
from directory.documents import document_of, validate
from directory.exchange.import_report import error_file
from directory.models import Door, Organization, Revision, Source
from tests.factories import make_document, make_organization
from tests.imports.bringing import (
    BAKERY,
    CHEESE,
    NAMELESS,
    bring,
    documents,
    last_run,
    make_register,
)

pytestmark = pytest.mark.django_db
COUNTS = ("rows", "new", "changed", "unchanged", "duplicate", "refused")


def counts(report: dict) -> tuple:
    return tuple(report[name] for name in COUNTS)


def edit(listed: str, **fields) -> None:
    listing = Organization.objects.with_parts().get(name=listed)
    organizations.edit(listing, document_of(listing) | fields, by=None, door=Door.ADMIN)


def test_a_preview_writes_nothing_and_tells_each_row(tmp_path):
    make_register()

    report = bring(tmp_path, BAKERY, NAMELESS, apply=False)

    assert counts(report) == (2, 1, 0, 0, 0, 1)
    assert not Organization.objects.exists()
    first, second = report["per_row"]
    assert (first["number"], first["outcome"], first["reason"]) == (2, "new", "")
    assert (second["number"], second["outcome"], second["column"]) == (3, "refused", "name")
    assert second["reason"] == "The row has no name."


def test_what_is_complete_is_published_only_if_asked(tmp_path):
    make_register()
    bring(tmp_path, BAKERY)
    assert Organization.objects.get().publication == "draft"

    report = bring(tmp_path, BAKERY, CHEESE | {"kind": ""}, publish=True)

    assert counts(report) == (2, 1, 1, 0, 0, 0)
    assert dict(Organization.objects.values_list("name", "publication")) == {
        "Example Bakery": "published",
        "Sample Cheesery": "draft",
    }
    assert "A draft until it is complete" in report["per_row"][1]["remarks"][-1]["reason"]


def test_the_file_of_refused_rows_has_all_cells_of_each(tmp_path):
    make_register()
    rows = [
        {"id": "1", "town": "Leeds"},
        {"id": "2", "tags": ["bread", "cake"], "seat": {"city": "Córdoba"}},
        BAKERY | {"id": "3"},
    ]
    path = tmp_path / "register.json"
    path.write_text(json.dumps(rows))
    call_command("import_organizations", str(path), source="example-register", stdout=StringIO())

    text = "".join(error_file(last_run())).removeprefix("\ufeff")

    first, second = csv.DictReader(StringIO(text))
    assert (first["town"], first["tags"]) == ("Leeds", "")
    assert (second["tags"], second["seat"]) == ('["bread", "cake"]', '{"city": "Córdoba"}')


def test_the_record_of_the_source_says_what_came_from_there(tmp_path):
    make_register()

    bring(tmp_path, BAKERY, publish=True)

    (record,) = next(iter(documents().values()))[1]["sources"]
    assert (record["source"], record["external_id"]) == ("example-register", "1")
    assert record["fetched_on"]
    assert {"name", "locations", "claims"} <= {*record["fields"]}
    assert "website" not in record["fields"]


def test_a_row_whose_name_was_erased_does_what_its_preview_says(tmp_path):
    make_register()
    record = {"source": "example-register", "external_id": "1", "fields": ["name"]}
    listing = make_organization("Jane Roe Bakery", sources=[record])
    wish = erasures.Wish(["Jane Roe"], [])
    erasures.erase(listing, wish, by=None, door=Door.ADMIN, reason="Asked for it")
    row = BAKERY | {"name": "Jane Roe Bakery", "site": "https://bakery.example/"}

    told, done = bring(tmp_path, row, apply=False), bring(tmp_path, row)

    assert counts(told) == counts(done) == (1, 0, 1, 0, 0, 0)
    for report in (told, done):
        (remark,) = report["per_row"][0]["remarks"]
        assert remark["reason"].startswith("Personal data was removed")
    listing.refresh_from_db()
    assert (listing.website, "Jane" in listing.name) == ("https://bakery.example/", False)


def test_the_same_file_again_changes_nothing(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, CHEESE, publish=True)
    before, revisions = documents(), Revision.objects.count()

    report = bring(tmp_path, BAKERY, CHEESE, publish=True)

    assert counts(report) == (2, 0, 0, 2, 0, 0)
    assert report["changeset"] is None
    assert (documents(), Revision.objects.count()) == (before, revisions)


def test_a_change_of_the_source_is_taken_over(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)

    report = bring(tmp_path, BAKERY | {"site": "https://bakery.example/"}, publish=True)

    assert counts(report) == (1, 0, 1, 0, 0, 0)
    listing = Organization.objects.with_parts().get()
    assert (listing.website, listing.publication) == ("https://bakery.example/", "published")
    assert "website" in document_of(listing)["sources"][0]["fields"]


def test_an_editor_wins_over_the_source_and_the_conflict_is_told_once(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    edit("Example Bakery", name="Example Bakery and Café")

    renamed = BAKERY | {"name": "Bakery of Examples", "site": "https://bakery.example/"}
    report = bring(tmp_path, renamed, publish=True)

    assert counts(report) == (1, 0, 1, 0, 0, 0)
    assert report["conflict"] == 1
    listing = Organization.objects.get()
    assert (listing.name, listing.website) == (
        "Example Bakery and Café",
        "https://bakery.example/",
    )
    again = bring(tmp_path, renamed, publish=True)
    assert (counts(again), again["conflict"]) == ((1, 0, 0, 1, 0, 0), 0)


def test_what_an_editor_changed_stays_where_the_source_says_nothing_new(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    edit("Example Bakery", website="https://ours.example/")

    report = bring(tmp_path, BAKERY, publish=True)

    assert counts(report) == (1, 0, 0, 1, 0, 0)
    assert Organization.objects.get().website == "https://ours.example/"


def test_what_another_source_lists_is_a_duplicate_with_reasons_and_stays_one(tmp_path):
    make_register()
    make_organization("Example Bakery", source="other", website="https://bakery.example/")
    row = BAKERY | {"site": "https://bakery.example/"}

    for _time in range(2):
        report = bring(tmp_path, row, CHEESE, publish=True)

        assert report["duplicate"] == 1
        assert "The same website: bakery.example" in report["per_row"][0]["reason"]
        assert Organization.objects.count() == 2


def test_rows_that_stand_in_the_file_before_stay_duplicates_whatever_becomes_of_the_listing(
    tmp_path,
):
    make_register()
    bakeries = [BAKERY | {"id": number, "site": "https://bakery.example/"} for number in "123"]
    assert bring(tmp_path, *bakeries, publish=True)["duplicate"] == 2
    edit("Example Bakery", name="Mill of the Valley", website="https://mill.example/")

    report = bring(tmp_path, *bakeries, publish=True)

    assert counts(report) == (3, 0, 0, 1, 2, 0)
    assert Organization.objects.count() == 1


def test_who_must_not_be_listed_is_refused_by_the_name_of_the_rule_only(tmp_path):
    make_register()
    there = [{"place": "us/maryland/takoma-park"}]
    shelter = make_document("Example Bakery", place=None, locations=there)
    exclusions.exclude(validate(shelter), by=None, reason="Asked for it")

    report = bring(tmp_path, BAKERY)

    assert counts(report) == (1, 0, 0, 0, 0, 1)
    assert "by Name and place" in report["per_row"][0]["reason"]
    assert not Organization.objects.exists()


def test_what_the_enterprise_took_down_stays_down(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    organizations.withdraw(Organization.objects.get(), by=None, door=Door.WEB)

    report = bring(tmp_path, BAKERY | {"name": "Bakery of Examples"}, publish=True)

    assert counts(report) == (1, 0, 0, 0, 0, 1)
    assert Organization.objects.get().publication == "withdrawn"


def test_a_missing_source_is_told_with_how_to_make_it(tmp_path):
    with pytest.raises(CommandError, match="--source-name"):
        bring(tmp_path, BAKERY)

    make_register().mappings.all()
    bring(tmp_path, BAKERY, source_name="Renamed register", licence="attribution")
    assert Source.objects.get().name == "Renamed register"


def test_a_licence_that_does_not_fit_is_refused_unless_kept_out_of_exports(tmp_path):
    make_register(licence="non-commercial", licence_name="CC BY-NC 4.0")

    with pytest.raises(CommandError, match="--isolate"):
        bring(tmp_path, BAKERY)
    assert not Organization.objects.exists()

    bring(tmp_path, BAKERY, isolate=True)
    assert Organization.objects.count() == 1


def test_nothing_is_promised_to_be_kept_out_of_exports_where_the_licence_lets_it_in(tmp_path):
    make_register()

    with pytest.raises(CommandError, match="The licence of the source decides"):
        bring(tmp_path, BAKERY, isolate=True)

    assert not Organization.objects.exists()


def test_what_was_merged_meanwhile_is_the_listing_it_was_merged_into(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    kept = make_organization("Bakery of Examples", source="other")
    merges.merge(
        Organization.objects.get(name="Example Bakery"), into=kept, by=None, door=Door.ADMIN
    )

    same = bring(tmp_path, BAKERY, publish=True)
    assert (same["unchanged"], same["changeset"]) == (1, None)
    changed = bring(tmp_path, BAKERY | {"site": "https://bakery.example/"}, publish=True)

    assert counts(changed) == (1, 0, 1, 0, 0, 0)
    kept.refresh_from_db()
    assert (kept.name, kept.website) == ("Bakery of Examples", "https://bakery.example/")
    assert Organization.objects.count() == 2


def test_names_without_latin_letters_get_address_words_of_their_own(tmp_path):
    make_register()
    letters = "αβγδεζηθικλμ"
    rows = [
        BAKERY | {"id": str(i), "name": f"Συνεταιρισμός {letter * 5}", "town": f"Town {i}"}
        for i, letter in enumerate(letters)
    ]

    report = bring(tmp_path, *rows)

    slugs = {*Organization.objects.values_list("slug", flat=True)}
    assert len(slugs) == report["new"] > 1
    assert all(re.fullmatch(r"listing(-[a-z0-9]+)*", slug) for slug in slugs)


def test_an_address_word_that_somebody_takes_meanwhile_is_chosen_anew(tmp_path, monkeypatch):
    make_register()
    make_organization("Sample Cheesery", slug="example-bakery", source="other-register")
    free_slugs = import_applying.free_slugs
    late = iter([lambda documents: ["example-bakery" for _document in documents]])
    monkeypatch.setattr(
        import_applying, "free_slugs", lambda documents: next(late, free_slugs)(documents)
    )

    bring(tmp_path, BAKERY)

    assert Organization.objects.get(name="Example Bakery").slug == "example-bakery-takoma-park"

"""What is kept of imports, what goes on by itself, and what an erasure takes out of them."""

import json
from pathlib import Path

import pytest
import time_machine
from django.core import serializers
from django.utils import timezone

from directory.actions import erasures, import_dropping, imports, merges, splits, undo
from directory.actions.import_forgetting import forget_imports
from directory.actions.proposals import present_document
from directory.exchange.imports import go_on, go_on_for_a_while, go_on_with_all
from directory.models import (
    Door,
    Erasure,
    ImportFile,
    ImportRow,
    ImportRun,
    Organization,
    Revision,
    Source,
)
from tests.factories import make_organization, make_source
from tests.imports.bringing import (
    BAKERY,
    CHEESE,
    MAPPING,
    NAMELESS,
    bring,
    documents,
    last_run,
    make_register,
    write_rows,
)

pytestmark = pytest.mark.django_db
LATER = timezone.timedelta(days=100)


def begun_with(folder: Path, *rows: dict, **wishes) -> ImportRun:
    """An import of these rows that is to be read."""
    source = Source.objects.filter(code="example-register").first() or make_register()
    content = write_rows(folder, [*rows]).read_bytes()
    how = {"file_name": "register.csv", "by": None, "door": Door.ADMIN}
    run = imports.bring_in(content, source=source, **how | wishes)
    imports.read_with(run, MAPPING)
    return run


def test_old_files_and_rows_go_but_the_last_word_of_the_source_stays(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, NAMELESS)
    before = documents()

    assert forget_imports(timezone.now()) == 0
    assert forget_imports(timezone.now() + LATER) == 1

    assert not ImportFile.objects.exists()
    assert list(ImportRow.objects.values_list("external_id", "values")) == [("1", {})]
    assert bring(tmp_path, BAKERY)["unchanged"] == 1
    assert documents() == before


def test_what_nobody_went_on_with_is_given_up_with_its_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(import_dropping, "ROWS_AT_ONCE", 2)
    run = begun_with(tmp_path, BAKERY, CHEESE, NAMELESS)
    list(go_on_with_all())
    assert run.rows.count() == 3

    assert forget_imports(timezone.now() + LATER) == 0

    run.refresh_from_db()
    assert (run.state, run.file, run.rows.count()) == ("discarded", None, 0)


def test_what_failed_while_it_was_written_is_kept_to_be_tried_again(tmp_path, settings):
    settings.IMPORT_SLICE_SECONDS, settings.IMPORT_ROWS_AT_ONCE = 0, 1
    run = begun_with(tmp_path, BAKERY, CHEESE)
    list(go_on_with_all())
    imports.begin(run)
    go_on_for_a_while(run)
    imports.fail(run, "The disk is full.")

    forget_imports(timezone.now() + LATER)
    imports.try_again(run)
    list(go_on_with_all())

    assert Organization.objects.count() == 2


def test_what_was_erased_goes_out_of_imports_and_is_not_brought_back(tmp_path):
    make_register()
    row = BAKERY | {"site": "https://ana-gomez.example/"}
    bring(tmp_path, row)
    listing = Organization.objects.get()
    wish = erasures.Wish(["ana-gomez"], [])
    erasures.erase(listing, wish, by=None, door=Door.ADMIN, reason="Asked for it")

    told = str(list(ImportRow.objects.values_list("values", "document")))
    assert "ana-gomez" not in told
    assert not ImportFile.objects.exists()

    bring(tmp_path, row | {"name": "Bakery of Examples"})
    listing.refresh_from_db()
    assert (listing.name, listing.website) == ("Bakery of Examples", "")


def test_a_whole_field_goes_out_of_imports_of_the_listing_and_of_what_was_merged_into_it(tmp_path):
    make_register()
    row = BAKERY | {"site": "https://ana-gomez.example/"}
    bring(tmp_path, row)
    gone, kept = Organization.objects.get(), make_organization("Kestrel")
    merges.merge(gone, into=kept, by=None, door=Door.ADMIN)
    bring(tmp_path, row | {"site": "https://ana-gomez.example/new"}, apply=False)
    ImportRow.objects.filter(run=last_run()).update(organization=None)

    wish = erasures.Wish([], ["website"])
    erasures.erase(kept, wish, by=None, door=Door.ADMIN, reason="Asked for it")

    tables = [ImportRow, Organization, Revision]
    told = [json.loads(serializers.serialize("json", model.objects.all())) for model in tables]
    assert "ana-gomez" not in str(told)
    assert not ImportFile.objects.exists()
    assert [stone.fields for stone in Erasure.objects.all()] == [["imports", "website"]] * 2


def test_what_was_erased_comes_back_neither_by_a_merge_nor_by_a_split(tmp_path):
    make_register()
    row = BAKERY | {"site": "https://ana-gomez.example/"}
    bring(tmp_path, row)
    listing, other = Organization.objects.get(), make_source("other-register")
    kept = make_organization("Kestrel", sources=[{"source": other.code, "external_id": "7"}])
    wish = erasures.Wish([], ["website"])
    erasures.erase(listing, wish, by=None, door=Door.ADMIN, reason="Asked for it")
    merges.merge(listing, into=kept, by=None, door=Door.ADMIN)

    bring(tmp_path, row | {"name": "Bakery of Examples"})
    numbers = [record["external_id"] for record in present_document(kept)["sources"]]
    where = {f"sources-{numbers.index('1')}": "goes"}
    made = splits.split(kept, name="Harrier", where=where, by=None, door=Door.ADMIN)
    bring(tmp_path, row)

    assert not Organization.objects.exclude(website="").exists()
    assert "ana-gomez" not in str(list(Revision.objects.values_list("document")))
    assert made.source_records.filter(external_id="1").exists()


def test_an_import_that_somebody_left_is_gone_on_with_by_background_work(tmp_path, settings):
    settings.IMPORT_SLICE_SECONDS, settings.IMPORT_ROWS_AT_ONCE = 0, 1
    run = begun_with(tmp_path, BAKERY, CHEESE, applies_itself=True)
    go_on_for_a_while(run)
    assert (run.state, run.rows_done) == ("staging", 1)

    list(go_on_with_all())

    assert last_run().state == "applied"
    assert Organization.objects.count() == 2


def test_the_most_rows_are_counted_over_all_pieces(tmp_path, settings):
    settings.IMPORT_SLICE_SECONDS, settings.IMPORT_ROWS_AT_ONCE = 0, 1
    settings.IMPORT_ROWS_MAX = 2
    run = begun_with(tmp_path, BAKERY, CHEESE, NAMELESS)

    for _piece in range(3):
        go_on_for_a_while(run)

    assert (run.state, run.rows_done) == ("failed", 2)
    assert "more than 2 rows" in run.error


def test_who_stands_still_for_too_long_loses_the_import(tmp_path):
    begun_with(tmp_path, BAKERY)
    held = timezone.now() + timezone.timedelta(seconds=30)
    ImportRun.objects.update(lease="elsewhere/1/abc", lease_until=held)

    assert list(go_on_with_all()) == []
    with time_machine.travel(held + LATER, tick=False):
        assert list(go_on_with_all()) == [1]


def test_an_import_that_is_taken_back_while_it_is_written_stops(tmp_path, settings):
    settings.IMPORT_SLICE_SECONDS, settings.IMPORT_ROWS_AT_ONCE = 0, 1
    run = begun_with(tmp_path, BAKERY, CHEESE)
    list(go_on_with_all())
    imports.begin(run)
    go_on_for_a_while(run)
    assert Organization.objects.count() == 1

    undo.revert_changeset(run.changeset, by=None, door=Door.ADMIN)
    list(go_on_with_all())

    assert Organization.objects.get().publication == "rejected"
    assert last_run().state == "discarded"


def test_a_file_that_is_read_anew_while_it_is_read_loses_no_row(tmp_path, settings):
    settings.IMPORT_ROWS_AT_ONCE = 1
    source = make_register()
    content = write_rows(tmp_path, [BAKERY, CHEESE]).read_bytes()
    run = imports.bring_in(
        content, source=source, file_name="register.csv", by=None, door=Door.ADMIN
    )
    imports.read_with(run, MAPPING)
    pieces = go_on(run)
    next(pieces)

    imports.read_with(last_run(), MAPPING)
    assert list(pieces) == []  # Whoever read it before stops.
    list(go_on_with_all())

    assert (last_run().state, last_run().rows.count()) == ("staged", 2)

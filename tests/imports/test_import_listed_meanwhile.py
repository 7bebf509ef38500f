"""What somebody lists between the preview and the writing is not listed twice."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions import feeds, imports
from directory.actions.import_applying import Applying
from directory.actions.import_leases import LeaseLost, held_while, take
from directory.actions.import_news import News, Overtaken
from directory.exchange.import_report import reason_of
from directory.exchange.imports import go_on
from directory.models import ImportRow, ImportRun, ImportState, Organization, Revision
from tests.factories import make_organization, make_source
from tests.imports.bringing import BAKERY, CHEESE, MAPPING, last_run, make_register, write_rows

pytestmark = pytest.mark.django_db
BAKERY = BAKERY | {"site": "https://bakery.example/"}
CHEESE = CHEESE | {"site": "https://cheese.example/"}


def previewed(folder, *rows: dict, source: str = "example-register") -> ImportRun:
    path = write_rows(folder, [*rows])
    silent = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("import_organizations", str(path), source=source, **silent)
    return last_run()


def write(run: ImportRun) -> None:
    imports.begin(run)
    for _count in go_on(run):
        pass
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED, run.error


def test_two_registers_that_were_both_previewed_list_the_same_enterprise_once(tmp_path):
    make_register()
    feeds.keep_mapping(make_source("other-register"), "example", MAPPING)
    first = previewed(tmp_path, BAKERY)
    second = previewed(tmp_path, BAKERY | {"id": "b"}, CHEESE, source="other-register")

    write(first)
    write(second)

    assert sorted(Organization.objects.values_list("name", flat=True)) == [
        "Example Bakery",
        "Sample Cheesery",
    ]
    assert (second.counts["new"], second.counts["duplicate"]) == (1, 1)
    row = ImportRow.objects.undecided().get()
    assert row.organization.name == "Example Bakery"
    assert "The same website: bakery.example" in reason_of(row)["reason"]


def test_what_is_listed_while_an_import_is_written_and_killed_is_not_listed_twice(
    tmp_path, settings
):
    settings.IMPORT_ROWS_AT_ONCE = 1
    make_register()
    mill = BAKERY | {"id": "3", "name": "Mill of the Valley", "site": "https://mill.example/"}
    run = previewed(tmp_path, BAKERY, CHEESE, mill)
    imports.begin(run)
    pieces = go_on(run)
    next(pieces)
    pieces.close()

    make_organization("Sample Cheesery", source="other", website="https://cheese.example/")
    for _count in go_on(run):
        pass

    assert Organization.objects.count() == 3
    outcomes = run.rows.in_order().values_list("outcome", flat=True)
    assert [*outcomes] == ["new", "duplicate", "new"]


def test_what_is_listed_while_a_portion_is_written_takes_the_portion_back(tmp_path):
    make_register()
    run = previewed(tmp_path, BAKERY)
    news = News(run)
    news.catch_up()
    news.refuse_late([run.rows.get().document])

    make_organization("Example Bakery", source="other", website="https://bakery.example/")

    with pytest.raises(Overtaken):
        news.refuse_late([run.rows.get().document])


def test_without_news_no_listing_is_loaded_to_be_compared(tmp_path):
    make_register()
    make_organization("Sample Cheesery", source="other", website="https://cheese.example/")
    run = previewed(tmp_path, BAKERY)
    imports.begin(run)
    take(run)

    with CaptureQueriesContext(connection) as asked:
        Applying(run).apply()

    loading = '"directory_organization"."legal_name", "directory_organization"."other_names"'
    assert not [query for query in asked if loading in query["sql"]]
    assert Revision.objects.filter(changeset=run.changeset).count() == 1


def test_an_import_is_kept_while_all_listings_are_loaded_and_lost_to_who_takes_it(
    tmp_path, settings
):
    settings.IMPORT_LEASE_SECONDS = 0
    make_register()
    run = previewed(tmp_path, BAKERY)
    take(run)
    before = run.lease_until

    things = held_while(run, ImportState.STAGED, "abc")

    assert next(things) == "a"
    assert run.lease_until > before
    ImportRun.objects.filter(pk=run.pk).update(lease="elsewhere/1/x")
    with pytest.raises(LeaseLost):
        next(things)

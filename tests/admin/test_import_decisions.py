"""An editor's word about rows of an import that is written: the last one only, and by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from directory.actions import exclusions, undo
from directory.actions.import_decisions import decide
from directory.actions.import_forgetting import forget_imports
from directory.actions.imports import NotInThatState
from directory.models import Door, ImportRow, ImportRun, Organization, RowDecision
from tests.factories import make_organization, make_user
from tests.imports.bringing import BAKERY, CHEESE, bring, last_run, make_register, revert

pytestmark = pytest.mark.django_db
TWIN = BAKERY | {"site": "https://bakery.example/"}


@contextmanager
def somebody_does(work, *, after: str) -> Iterator[None]:
    """Somebody else's work, in the moment after the first statement with this text."""
    waiting = [work]

    def watch(execute, statement, *rest):
        result = execute(statement, *rest)
        if waiting and after in statement:
            waiting.pop()()
        return result

    with connection.execute_wrapper(watch):
        yield
    assert not waiting


@pytest.fixture
def row(tmp_path) -> ImportRow:
    """A row of a written import that is listed already, as it seems."""
    make_register()
    make_organization("Example Bakery", source="other", website=TWIN["site"])
    bring(tmp_path, TWIN)
    return ImportRow.objects.get(outcome="duplicate")


def test_a_row_that_a_later_file_has_overtaken_is_not_written(row, tmp_path):
    bring(tmp_path, TWIN)

    with pytest.raises(NotInThatState, match="A later file of this source"):
        decide(row, RowDecision.ANOTHER, by=None)

    assert Organization.objects.count() == 1


def test_a_row_of_an_import_that_was_taken_back_waits_for_nobody(row, tmp_path):
    assert [*ImportRow.objects.undecided()] == [row]
    later = bring(tmp_path, TWIN, CHEESE)
    waiting = ImportRow.objects.undecided()
    assert [each.run for each in waiting] == [last_run()]

    revert(later)

    assert [*ImportRow.objects.undecided()] == [row]  # Of the import that stands, again.
    decide(row, RowDecision.LEAVE, by=None)
    forget_imports(timezone.now() + timezone.timedelta(days=100))
    assert not last_run().rows.exists()


def test_rows_of_imports_that_were_taken_back_earlier_are_closed_by_the_migration(row, tmp_path):
    revert(bring(tmp_path, TWIN, CHEESE))
    later = last_run()
    bring(tmp_path, TWIN, CHEESE)
    put_back = last_run()
    undo.revert_revision(put_back.changeset.revisions.get(), by=None, door=Door.ADMIN)
    # As it was left before imports were given up.
    ImportRun.objects.filter(pk=later.pk).update(state="applied")

    migration = import_module("directory.migrations.0041_close_imports_taken_back")
    migration.give_up(apps, None)

    later.refresh_from_db()
    put_back.refresh_from_db()
    assert (later.state, put_back.state) == ("discarded", "applied")


def test_one_listing_put_back_by_hand_leaves_the_other_rows_to_be_decided(tmp_path, curator):
    make_register()
    make_organization("Example Bakery", source="other", website=TWIN["site"])
    bring(tmp_path, TWIN, CHEESE)
    revision = last_run().changeset.revisions.get()
    undo.revert_revision(revision, by=None, door=Door.ADMIN)

    [row] = ImportRow.objects.undecided()
    page = curator.get(reverse("admin:directory_importrun_change", args=[row.run_id]))
    assert b'value="leave"' in page.content
    decide(row, RowDecision.ANOTHER, by=None)

    assert Organization.objects.filter(name="Example Bakery").count() == 2


def test_the_history_says_who_decided_that_a_row_is_the_listing(row, curator):
    ana = make_user("ana", role="editor")
    decide(row, RowDecision.SAME, by=ana)

    url = reverse("admin:directory_organization_history", args=[row.organization_id])
    assert "decided by ana" in curator.get(url).content.decode()


def test_what_became_of_a_decided_row_is_counted(row):
    exclusions.exclude(row.document, by=None, reason="Asked for it")

    with pytest.raises(NotInThatState):
        decide(row, RowDecision.ANOTHER, by=None)

    counts = last_run().counts
    assert (counts["duplicate"], counts["refused"]) == (0, 1)


def test_an_address_word_that_somebody_takes_meanwhile_does_not_hinder_a_decision(row):
    def take_the_next_one() -> None:
        make_organization("Example Bakery Takoma Park")

    with somebody_does(take_the_next_one, after='FROM "directory_formerslug"'):
        decide(row, RowDecision.ANOTHER, by=None)

    assert row.is_applied
    assert row.organization.slug == "example-bakery-takoma-park"


def test_a_row_whose_listing_is_moved_meanwhile_is_open_again(row):
    listing = Organization.objects.filter(pk=row.organization_id)

    def take_down() -> None:
        listing.update(publication="unpublished")

    with (
        pytest.raises(NotInThatState, match="Somebody moved its listing just now"),
        somebody_does(take_down, after='"directory_organization"."id" = '),
    ):
        decide(row, RowDecision.SAME, by=make_user("ana", role="editor"))

    row.refresh_from_db()
    assert (row.decision, row.decided_by, row.is_due, row.is_applied) == ("", None, False, False)
    decide(row, RowDecision.SAME, by=None)
    assert row.is_applied

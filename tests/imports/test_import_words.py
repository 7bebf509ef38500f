"""What a source said last is known for good: after imports were taken back, forgotten, put back again."""

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from directory.actions import organizations, undo
from directory.actions.import_forgetting import forget_imports
from directory.documents import document_of
from directory.models import Changeset, Door, ImportBase, ImportRow, Organization, Revision
from tests.imports.bringing import BAKERY, CHEESE, bring, last_run, make_register, revert

pytestmark = pytest.mark.django_db
TOLD = BAKERY | {"site": "https://bakery.example/"}


def named(name: str) -> dict:
    return TOLD | {"name": name}


def edit(**fields) -> None:
    """An editor's word about the bakery."""
    listing = Organization.objects.with_parts().get(source_records__external_id="1")
    organizations.edit(listing, document_of(listing) | fields, by=None, door=Door.ADMIN)


def bakery() -> tuple[str, str]:
    listing = Organization.objects.get(source_records__external_id="1")
    return listing.name, listing.website


def undoing_of(report: dict) -> dict:
    """The report of what took an import back, for `revert`."""
    return {"changeset": Changeset.objects.get(reverts=report["changeset"]).pk}


def undo_by_hand(revisions) -> int:
    """Undo the first of these alone; the changeset in which that is done."""
    undo.revert_revision(revisions.earliest("organization"), by=None, door=Door.ADMIN)
    return Changeset.objects.latest("pk").pk


def forget() -> None:
    forget_imports(timezone.now() + timezone.timedelta(days=100))


def test_the_word_before_the_last_is_kept_with_it(tmp_path):
    make_register()
    bring(tmp_path, TOLD, publish=True)
    edit(website="")
    later = bring(tmp_path, named("Bakery Two"))

    forget()
    revert(later)

    assert bring(tmp_path, TOLD, publish=True)["unchanged"] == 1
    assert bakery() == ("Example Bakery", "")


def test_a_word_that_is_taken_back_behind_the_last_is_not_the_one_before_it(tmp_path):
    make_register()
    bring(tmp_path, TOLD, publish=True)
    edit(website="", name="Bakery Two")
    second = bring(tmp_path, named("Bakery Two"), CHEESE)
    third = bring(tmp_path, named("Bakery Three"), CHEESE)

    revert(second)
    forget()
    revert(third)

    assert ImportBase.objects.get().row.document["name"] == "Example Bakery"
    assert bring(tmp_path, TOLD, publish=True)["unchanged"] == 1
    assert bakery() == ("Bakery Two", "")


def test_the_word_about_a_listing_that_was_left_is_the_last_again(tmp_path):
    make_register()
    bring(tmp_path, TOLD, publish=True)
    second = bring(tmp_path, named("Bakery Two"), CHEESE)
    row = last_run().rows.get(external_id="1")
    edit(name="Bakery for All")
    with pytest.raises(CommandError, match="1 listings stay"):
        revert(second)
    assert ImportBase.objects.get().row == row

    revert(bring(tmp_path, named("Bakery for All") | {"site": "https://other.example/"}))

    assert ImportBase.objects.get().row == row
    assert bring(tmp_path, named("Bakery Two"))["unchanged"] == 1
    assert bakery() == ("Bakery for All", "https://bakery.example/")


def test_what_is_written_again_is_the_last_word_again(tmp_path, settings):
    settings.UNDO_AT_ONCE_MAX = 1
    make_register()
    report = bring(tmp_path, TOLD, CHEESE, publish=True)
    revert(report)
    assert not ImportBase.objects.exists()

    revert(undoing_of(report))

    assert last_run().state == "applied"
    assert ImportBase.objects.count() == 2
    edit(website="")
    assert bring(tmp_path, TOLD, CHEESE, publish=True)["unchanged"] == 2
    assert bakery() == ("Example Bakery", "")
    assert bring(tmp_path, CHEESE, publish=True)["vanished"] == 1


def test_what_stays_taken_back_has_no_word_when_some_is_written_again(tmp_path):
    make_register()
    report = bring(tmp_path, TOLD, CHEESE, publish=True)
    by_hand = undo_by_hand(Revision.objects.filter(changeset=report["changeset"]))
    revert(report)

    revert({"changeset": by_hand})

    assert ImportBase.objects.get().row.external_id == "1"
    assert bring(tmp_path, TOLD, CHEESE, publish=True)["new"] == 1


def test_one_listing_that_is_put_back_by_hand_has_its_word_again(tmp_path):
    make_register()
    report = bring(tmp_path, TOLD, CHEESE, publish=True)
    revert(report)

    undo_by_hand(Revision.objects.filter(changeset=undoing_of(report)["changeset"]))

    assert ImportBase.objects.get().row == ImportRow.objects.get(external_id="1")
    edit(website="")
    again = bring(tmp_path, TOLD, CHEESE, publish=True)
    assert (again["unchanged"], again["new"]) == (1, 1)
    assert bakery() == ("Example Bakery", "")

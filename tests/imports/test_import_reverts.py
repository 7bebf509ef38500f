"""An import is taken back whole: every document is what it was before."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions import feeds, import_applying, organizations
from directory.documents import document_of
from directory.models import (
    Door,
    ImportBase,
    ImportRow,
    ImportRun,
    Organization,
    Publication,
    Revision,
)
from tests.factories import make_source
from tests.imports.bringing import (
    BAKERY,
    CHEESE,
    MAPPING,
    bring,
    documents,
    make_register,
    revert,
    write_rows,
)

pytestmark = pytest.mark.django_db
RENAMED = BAKERY | {"name": "Bakery of Examples", "site": "https://bakery.example/"}


@pytest.fixture
def small_steps(settings):
    """A listing at a time, so that two rows are several portions."""
    settings.UNDO_AT_ONCE_MAX = 1
    settings.IMPORT_ROWS_AT_ONCE = 1


def test_all_documents_are_what_they_were(small_steps, tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    before = documents()
    report = bring(tmp_path, RENAMED, CHEESE, publish=True)

    revert(report)

    after = documents()
    assert {uid: after[uid] for uid in before} == before
    (state,) = [state for uid, (state, _document) in after.items() if uid not in before]
    assert state == Publication.UNPUBLISHED


def test_drafts_that_an_import_made_are_declined(tmp_path):
    make_register()
    report = bring(tmp_path, BAKERY)

    revert(report)

    assert Organization.objects.get().publication == Publication.REJECTED


@pytest.mark.parametrize("publish", [True, False])
def test_what_was_taken_back_can_be_brought_in_again(tmp_path, publish):
    make_register()
    report = bring(tmp_path, BAKERY, publish=publish)
    before = documents()
    revert(report)

    again = bring(tmp_path, BAKERY, publish=publish)

    assert again["new"] == 1
    assert documents() == before
    revert(again)
    assert Organization.objects.get().publication in {"unpublished", "rejected"}


def test_what_was_on_the_site_is_no_draft_when_it_is_brought_in_again_without_publishing(tmp_path):
    make_register()
    revert(bring(tmp_path, BAKERY, publish=True))

    bring(tmp_path, RENAMED)

    listing = Organization.objects.get()
    assert (listing.name, listing.publication) == ("Bakery of Examples", "unpublished")


def test_a_listing_that_is_withdrawn_while_its_row_is_written_stays_as_it_is(tmp_path, monkeypatch):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    listing = Organization.objects.get()
    looked = import_applying.known_by_number

    def withdrawn_after_the_look(*asked):
        found = looked(*asked)
        if Organization.objects.get().is_published:
            organizations.withdraw(listing, by=None, door=Door.ADMIN, reason="They wish it")
        return found

    monkeypatch.setattr(import_applying, "known_by_number", withdrawn_after_the_look)
    bring(tmp_path, RENAMED, publish=True)

    listing.refresh_from_db()
    assert (listing.name, listing.publication) == ("Example Bakery", "withdrawn")
    assert ImportRow.objects.order_by("pk").last().outcome == "refused"


def test_after_it_is_taken_back_the_source_is_compared_with_what_it_said_before(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    revert(bring(tmp_path, RENAMED, publish=True))

    assert bring(tmp_path, BAKERY, publish=True)["unchanged"] == 1
    assert bring(tmp_path, RENAMED, publish=True)["changed"] == 1


def test_after_two_imports_are_taken_back_the_first_is_the_last_word_again(tmp_path):
    make_register()
    told = BAKERY | {"site": "https://bakery.example/"}
    bring(tmp_path, told, publish=True)
    listing = Organization.objects.with_parts().get()
    emptied = document_of(listing) | {"website": ""}
    organizations.edit(listing, emptied, by=None, door=Door.ADMIN)
    later = [bring(tmp_path, told | {"name": f"Bakery {name}"}) for name in ("Two", "Three")]

    for report in reversed(later):
        revert(report)

    assert bring(tmp_path, told, publish=True)["unchanged"] == 1
    listing.refresh_from_db()
    assert (listing.name, listing.website) == ("Example Bakery", "")


def test_what_came_under_the_wrong_source_is_listed_under_the_right_one_afterwards(tmp_path):
    make_register()
    feeds.keep_mapping(make_source("wrong-register"), "example", MAPPING)
    told = BAKERY | {"site": "https://bakery.example/"}
    file = str(write_rows(tmp_path, [told]))
    call_command("import_organizations", file, source="wrong-register", apply=True, publish=True)
    assert bring(tmp_path, told, publish=True)["duplicate"] == 1

    revert({"changeset": ImportRun.objects.get(source__code="wrong-register").changeset_id})

    assert bring(tmp_path, told, publish=True)["new"] == 1
    assert Organization.objects.published().count() == 1


def test_the_word_about_a_listing_that_stayed_as_it_was_is_taken_back_too(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, publish=True)
    listing = Organization.objects.with_parts().get()
    named = document_of(listing) | {"name": "Bakery for All"}
    organizations.edit(listing, named, by=None, door=Door.ADMIN)
    revert(bring(tmp_path, BAKERY | {"name": "Bakery for All"}, CHEESE, publish=True))

    assert bring(tmp_path, BAKERY, publish=True)["unchanged"] == 1
    assert ImportBase.objects.get().row.document["name"] == "Example Bakery"


def test_what_an_editor_changed_since_stays_and_is_told(tmp_path):
    make_register()
    report = bring(tmp_path, BAKERY, CHEESE, publish=True)
    changed = bring(tmp_path, RENAMED, CHEESE, publish=True)
    listing = Organization.objects.with_parts().get(name="Bakery of Examples")
    document = document_of(listing) | {"name": "Bakery for All"}
    organizations.edit(listing, document, by=None, door=Door.ADMIN)

    with pytest.raises(CommandError, match="1 listings stay"):
        revert(changed)
    assert Organization.objects.get(pk=listing.pk).website == "https://bakery.example/"

    revert(changed, keeping=True)
    listing.refresh_from_db()
    assert (listing.name, listing.website) == ("Bakery for All", "")
    assert report["changeset"] != changed["changeset"]


def test_an_editor_who_declines_a_listing_is_not_overruled_by_the_next_import(tmp_path):
    make_register()
    report = bring(tmp_path, BAKERY, publish=True)
    listing = Organization.objects.get()
    organizations.unpublish(listing, by=None, door=Door.ADMIN)

    assert bring(tmp_path, BAKERY, publish=True)["unchanged"] == 1

    listing.refresh_from_db()
    assert listing.publication == "unpublished"
    assert Revision.objects.filter(changeset=report["changeset"]).count() == 1

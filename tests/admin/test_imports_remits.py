"""Who may do what with an import: what editors see of listings elsewhere, what only curators do."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.actions import erasures, imports
from directory.models import Door, ImportRun, Licence, Organization, Source, SourceFeed
from tests.admin.forms import messages_of
from tests.admin.test_imports import columns_sent, make_twin, page_of, press, staged, upload
from tests.factories import make_network, make_user
from tests.imports.bringing import BAKERY, CHEESE, MAPPING, bring, make_register, write_rows
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/admin/directory/proposal/?kind=import-rows"


@pytest.fixture
def colleague():
    """A curator's browser, beside that of the editor."""
    return signed_in(Client(), make_user("carl", role="curator"))


@pytest.fixture
def abroad(editor):
    """The editor's browser, who cares for another region than that of the listings."""
    network = make_network(places=["us/oregon"])
    network.editors.add(User.objects.get(username="ana"))
    return editor


def fetched(folder, *rows: dict) -> ImportRun:
    """A file that was fetched and is written by itself, about to be read."""
    content = write_rows(folder, [*rows]).read_bytes()
    how = {"file_name": "register.csv", "by": None, "door": Door.CLOCK, "applies_itself": True}
    run = imports.bring_in(content, source=make_register(), **how)
    imports.read_with(run, MAPPING, name="example")
    return run


def text_of(browser, url: str) -> str:
    return browser.get(url).content.decode()


def test_what_a_listing_elsewhere_holds_is_not_shown(abroad, colleague, tmp_path):
    make_register()
    hidden = BAKERY | {"name": "Secret Bakery", "site": "https://secret.example/"}
    bring(tmp_path, hidden, CHEESE)
    again = BAKERY | {"name": "Bakery of Examples"}
    run = staged(abroad, tmp_path, again)

    page = text_of(abroad, page_of(run))
    assert "Secret Bakery" not in page
    assert "secret.example" not in page
    assert "Sample Cheesery" not in page  # It vanished from the file.
    assert page.count("a listing outside your area") == 2
    assert "It says something else than the row." in page

    page = text_of(colleague, page_of(run))
    assert "<del>Secret Bakery</del>" in page
    assert "Sample Cheesery" in page


def test_a_look_alike_elsewhere_is_not_named(abroad, colleague, tmp_path):
    make_register()
    make_twin()
    run = staged(abroad, tmp_path, BAKERY | {"site": "https://bakery.example/"})

    assert "Listed already: Example Bakery" not in text_of(abroad, page_of(run))
    assert "a listing outside your area" in text_of(abroad, page_of(run))
    assert "Listed already: Example Bakery" in text_of(colleague, page_of(run))

    press(colleague, run, "apply")
    assert "Example Bakery" not in text_of(abroad, QUEUE)
    assert "Example Bakery" in text_of(colleague, QUEUE)


def test_the_preview_brings_nothing_back_that_was_erased(curator, tmp_path):
    make_register()
    row = BAKERY | {"site": "https://ana-gomez.example/"}
    bring(tmp_path, row)
    wish = erasures.Wish(["ana-gomez"], [])
    listing = Organization.objects.get()
    erasures.erase(listing, wish, by=None, door=Door.ADMIN, reason="Asked for it")
    run = staged(curator, tmp_path, row | {"name": "Bakery of Examples"})

    page = text_of(curator, page_of(run))

    assert "<ins>Bakery of Examples</ins>" in page
    assert "<ins>https://ana-gomez.example/</ins>" not in page


def test_an_editor_makes_no_fetched_file_write(editor, colleague, tmp_path):
    run = fetched(tmp_path, BAKERY)
    SourceFeed.objects.create(source=run.source, canaries="7")

    assert editor.post(page_of(run), {"act": "go-on"}).status_code == 403
    assert editor.post(page_of(run), {"act": "discard"}).status_code == 403
    assert 'value="go-on"' not in text_of(editor, page_of(run))

    press(colleague, run, "go-on")  # A rule of its source stops it.
    sent = columns_sent(colleague, run)
    assert editor.post(page_of(run, "columns"), sent).status_code == 403
    run.refresh_from_db()
    assert (run.state, run.applies_itself) == ("staged", True)

    # Who reads it anew looks at it, too, before it is written.
    colleague.post(page_of(run, "columns"), sent)
    run.refresh_from_db()
    assert (run.state, run.applies_itself) == ("staging", False)


def test_an_editor_replaces_no_mapping_that_files_are_read_by(editor, colleague, tmp_path):
    run = upload(editor, write_rows(tmp_path, [BAKERY]).read_bytes())
    kept = run.source.mappings.get()
    sent = columns_sent(editor, run, save_as="example") | {"target-2": "region"}

    def keep_as(name: str, browser=editor) -> str:
        answer = browser.post(page_of(run, "columns"), sent | {"save_as": name}, follow=True)
        return answer.content.decode()

    assert "There is a mapping of this name" in keep_as("example")
    feed = SourceFeed.objects.create(
        source=run.source, is_on=True, url="https://register.example/a.csv"
    )
    assert "fetched regularly" in keep_as("another")
    assert list(run.source.mappings.values_list("rules", flat=True)) == [kept.rules]

    feed.delete()
    keep_as("another")
    assert run.source.mappings.filter(name="another").exists()
    press(colleague, run, "go-on")
    keep_as("example", colleague)
    kept.refresh_from_db()
    assert kept.rules != MAPPING


def test_what_is_written_is_what_was_looked_at(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY)
    reading = curator.get(page_of(run)).context["reading"]
    curator.post(page_of(run, "columns"), columns_sent(curator, run))
    press(curator, run, "go-on")

    for act in ({"act": "apply"}, {"act": "let-through", "reason": "It is right"}):
        answer = curator.post(page_of(run), act | {"reading": reading}, follow=True)
        assert "read again meanwhile" in messages_of(answer)
    run.refresh_from_db()
    assert (run.state, run.override_reason) == ("staged", "")

    press(curator, run, "apply")
    assert Organization.objects.count() == 1


def test_what_its_licence_stops_is_kept_out_of_exports_by_a_button(editor, colleague, tmp_path):
    run = staged(editor, tmp_path, BAKERY)
    Source.objects.update(licence=Licence.NONE_STATED)
    assert 'value="isolate"' in text_of(editor, page_of(run))
    assert 'value="apply"' not in text_of(colleague, page_of(run))

    press(editor, run, "isolate")

    page = text_of(colleague, page_of(run))
    assert "kept out of exports and dumps" in page
    assert 'value="isolate"' not in page
    press(colleague, run, "apply")
    assert Organization.objects.count() == 1


def test_taking_an_import_back_tells_what_joined_a_network_since(curator, tmp_path):
    network = make_network(name="Example Federation of Bread")
    make_register()
    report = bring(tmp_path, BAKERY, CHEESE)
    bakery = Organization.objects.get(name="Example Bakery")
    network.members.create(organization=bakery)

    page = text_of(curator, reverse("admin:directory_changeset_undo", args=[report["changeset"]]))

    words = "has become a member of Example Federation of Bread since: undoing leaves it one."
    assert f"Example Bakery {words}" in page
    assert page.count("has become a member") == 1


def test_what_failed_waits_for_another_import_of_its_source(curator, tmp_path):
    first = staged(curator, tmp_path, BAKERY)
    second = staged(curator, tmp_path, CHEESE)
    ImportRun.objects.filter(pk=first.pk).update(state="applying")
    imports.fail(second, "The disk is full.")

    answer = press(curator, second, "try-again")

    assert "Another import of this source is being written" in messages_of(answer)
    ImportRun.objects.filter(pk=first.pk).update(state="staged")
    press(curator, second, "apply")
    press(curator, second, "go-on")
    assert Organization.objects.get().name == "Sample Cheesery"


def test_looking_changes_nothing_and_odd_numbers_are_no_imports(curator):
    run = upload(curator, b"\n , \n")
    for query in ("", "?mapping=nowhere"):
        assert curator.get(page_of(run, "columns") + query).status_code == 200
    run.refresh_from_db()
    assert (run.state, run.error) == ("mapping", "")

    for number in ("²", "9" * 30):
        url = reverse("admin:directory_importrun_change", args=[number])
        assert curator.get(url).status_code == 404
    curator.post(page_of(run), {"act": "decide", "row": "²", "decision": "same"})
    curator.post(page_of(run), {"act": "discard"})
    run.refresh_from_db()
    assert run.state == "discarded"

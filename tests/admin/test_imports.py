"""Editors bring a file in: columns, preview, writing, decisions; curators let it be written."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.actions import exclusions, feeds, imports, organizations
from directory.documents import document_of
from directory.models import Door, ImportRow, ImportRun, Organization, SourceFeed, SourceMapping
from tests.admin.forms import messages_of
from tests.factories import make_organization, make_user
from tests.imports.bringing import (
    BAKERY,
    CHEESE,
    MAPPING,
    NAMELESS,
    make_register,
    write_rows,
)
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db


def page_of(run: ImportRun, part: str = "change") -> str:
    return reverse(f"admin:directory_importrun_{part}", args=[run.pk])


def upload(browser, content: bytes, **fields) -> ImportRun:
    file = SimpleUploadedFile("register.csv", content, content_type="text/csv")
    source = make_register()
    url = reverse("admin:directory_importrun_add")
    response = browser.post(url, {"source": source.pk, "file": file} | fields)
    run = ImportRun.objects.order_by("pk").last()
    assert response["Location"] == page_of(run, "columns")
    return run


def columns_sent(browser, run: ImportRun, **changed) -> dict:
    """What a browser sends back of the page of columns."""
    form = browser.get(page_of(run, "columns")).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return sent | changed


def staged(browser, tmp_path, *rows: dict, **fields) -> ImportRun:
    """A file that was brought in and read, as it waits for a word."""
    run = upload(browser, write_rows(tmp_path, [*rows]).read_bytes(), **fields)
    browser.post(page_of(run, "columns"), columns_sent(browser, run))
    browser.post(page_of(run), {"act": "go-on"})
    run.refresh_from_db()
    assert run.state == "staged", run.error
    return run


def press(browser, run: ImportRun, act: str, **sent):
    """Press a button of the page as it is now; the page behind it."""
    reading = browser.get(page_of(run)).context["reading"]
    return browser.post(page_of(run), {"act": act, "reading": reading} | sent, follow=True)


def test_a_file_is_looked_at_written_and_taken_back(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY, CHEESE, NAMELESS, is_publishing="on")

    page = curator.get(page_of(run)).content.decode()
    assert "Example Bakery" in page
    assert "The row has no name." in page
    assert not Organization.objects.exists()

    press(curator, run, "apply")
    run.refresh_from_db()
    assert run.state == "applied"
    assert run.changeset.by.username == "cora"
    assert Organization.objects.published().count() == 2

    undo = reverse("admin:directory_changeset_undo", args=[run.changeset_id])
    assert undo in curator.get(page_of(run)).content.decode()
    curator.post(undo, {"reason": "Wrong file"})
    assert not Organization.objects.published().exists()


def test_an_import_that_was_taken_back_says_when_and_by_whom(curator, tmp_path):
    make_register()
    make_twin()
    run = staged(curator, tmp_path, CHEESE, BAKERY | {"site": "https://bakery.example/"})
    press(curator, run, "apply")
    run.refresh_from_db()
    undo = reverse("admin:directory_changeset_undo", args=[run.changeset_id])

    curator.post(undo, {"reason": "Wrong file"})

    for address in (page_of(run), reverse("admin:directory_importrun_changelist")):
        page = curator.get(address).content.decode()
        assert "Taken back, " in page
        assert 'cora (<a href="' in page
        assert undo not in page
    assert 'value="same"' not in page


def test_columns_are_shown_with_examples_corrected_and_kept(curator, tmp_path):
    SourceMapping.objects.all().delete()
    run = upload(curator, b"no;called\n1;Example Bakery\n2;Sample Cheesery\n")
    page = curator.get(page_of(run, "columns") + "?mapping=guessed")
    assert "Example Bakery · Sample Cheesery" in page.content.decode()

    changed = {"target-0": "external_id", "target-1": "name", "all-country": "US"}
    sent = columns_sent(curator, run, save_as="by-hand", **changed)
    curator.post(page_of(run, "columns") + "?mapping=guessed", sent)
    curator.post(page_of(run), {"act": "go-on"})

    assert dict(ImportRow.objects.values_list("external_id", "document__name")) == {
        "1": "Example Bakery",
        "2": "Sample Cheesery",
    }
    assert SourceMapping.objects.filter(name="by-hand").exists()


def test_a_row_without_number_or_name_is_told_by_what_is_taken_of_it(curator):
    SourceMapping.objects.all().delete()
    run = upload(curator, b"boss;name;town\nJane Doe;;Dayton\nJoe Doe;Example Bakery;Dayton\n")
    taken = {"target-0": "ignore", "target-1": "name", "target-2": "locality"}
    sent = columns_sent(curator, run, **taken, **{"all-country": "US"})
    curator.post(page_of(run, "columns") + "?mapping=guessed", sent)
    curator.post(page_of(run), {"act": "go-on"})

    page = curator.get(page_of(run)).content.decode()

    assert "Row 2: Dayton" in page
    assert "Row 3: Example Bakery" in page
    assert "Doe" not in page
    assert "Number in the source" not in page


def test_a_tab_that_a_mapping_names_stays_when_its_layout_is_sent(curator):
    run = upload(curator, b"no\tcalled, in full\n1\tExample, Bakery\n")
    feeds.keep_mapping(run.source, "tabs", MAPPING | {"rules": [], "delimiter": "\t"})
    address = page_of(run, "columns")
    form = curator.get(address, {"mapping": "tabs"}).context["layout"]
    sent = {name: form[name].value() for name in form.fields} | {"mapping": "tabs"}
    assert sent["delimiter"] == "Tab"

    page = curator.get(address, sent)
    assert page.context["form"].columns == ["no", "called, in full"]
    assert page.context["mapping"].delimiter == "\t"

    page = curator.get(address, sent | {"delimiter": " "}).content.decode()
    assert "One sign, or the word Tab" in page


def test_an_editor_sees_and_a_curator_writes(client, tmp_path):
    editor = signed_in(client, make_user("ana", is_editor=True))
    run = staged(editor, tmp_path, BAKERY)

    assert "A curator can let it be written." in editor.get(page_of(run)).content.decode()
    assert press(editor, run, "apply").status_code == 403
    assert not Organization.objects.exists()


def test_what_changes_and_what_an_editor_says_otherwise_are_shown(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY, is_publishing="on")
    press(curator, run, "apply")
    listing = Organization.objects.with_parts().get()
    document = document_of(listing) | {"name": "Bakery for All"}
    organizations.edit(listing, document, by=None, door=Door.ADMIN)

    again = BAKERY | {"name": "Bakery of Examples", "site": "https://bakery.example/"}
    run = staged(curator, tmp_path, again)
    page = curator.get(page_of(run)).content.decode()

    assert "<ins>https://bakery.example/</ins>" in page
    assert "<strong>Bakery for All</strong>" in page
    assert "Bakery of Examples" in curator.get(page_of(run) + "?outcome=conflict").content.decode()


def make_twin() -> Organization:
    return make_organization("Example Bakery", source="other", website="https://bakery.example/")


@pytest.mark.parametrize("is_written", [True, False])
@pytest.mark.parametrize(
    ("decision", "listings", "sources"),
    [
        pytest.param("same", 1, 2, id="the same"),
        pytest.param("another", 2, 1, id="another one"),
        pytest.param("leave", 1, 1, id="left out"),
    ],
)
def test_a_row_that_is_listed_already_is_decided(
    curator, tmp_path, decision, listings, sources, is_written
):
    make_register()
    twin = make_twin()
    run = staged(
        curator, tmp_path, BAKERY | {"site": "https://bakery.example/"}, CHEESE | {"id": ""}
    )
    decided = {"act": "decide", "row": "2", "decision": decision}
    acts = [{"act": "apply"}, decided] if is_written else [decided, {"act": "apply"}]

    page = curator.get(page_of(run)).content.decode()
    assert "The same website: bakery.example" in page
    for act in acts:
        press(curator, run, **act)

    assert Organization.objects.filter(name="Example Bakery").count() == listings
    assert twin.source_records.count() == sources
    assert twin.website == "https://bakery.example/"


def test_what_is_not_surely_the_same_is_worded_as_a_doubt(curator, tmp_path):
    make_register()
    make_twin()
    alike = {"name": "Example Bakery and Tea House", "site": "https://bakery.example/"}
    run = staged(curator, tmp_path, BAKERY | alike)

    page = curator.get(page_of(run)).content.decode()

    assert "<strong>New</strong>" in page
    assert "Perhaps listed already: Example Bakery. " in page
    assert "It makes a new listing. Whether they are one is decided afterwards:" in page


@pytest.mark.parametrize("is_written", [True, False])
def test_several_rows_are_decided_at_once_after_a_look_at_what_would_happen(
    curator, tmp_path, is_written
):
    make_register()
    sites = {name: f"https://{name}.example/" for name in ("bread", "cake", "pie")}
    for name, site in sites.items():
        make_organization(f"Example {name}", source="other", website=site)
    rows = [
        BAKERY | {"id": str(i), "name": f"Example {name}", "site": site}
        for i, (name, site) in enumerate(sites.items(), 1)
    ]
    run = staged(curator, tmp_path, *rows)
    if is_written:
        press(curator, run, "apply")
    several = {"act": "decide-many", "decision": "same", "chosen": ["2", "3"]}

    preview = curator.post(page_of(run), several).content.decode()
    assert "Becomes a further source of Example bread." in preview
    assert "Becomes a further source of Example cake." in preview
    assert "Example pie" not in preview
    assert not ImportRow.objects.exclude(decision="").exists()
    done = curator.post(page_of(run), several | {"confirm": "1"}, follow=True)
    assert messages_of(done) == "2 rows decided."

    others = {"act": "decide-many", "decision": "another", "all": "1", "shown": ["4"]}
    curator.post(page_of(run), others | {"confirm": "1"})
    if not is_written:
        press(curator, run, "apply")
    assert Organization.objects.filter(name="Example pie").count() == 2
    assert Organization.objects.count() == 4
    assert Organization.objects.get(name="Example bread").source_records.count() == 2


def test_rows_that_cannot_be_decided_are_told_and_nothing_is_without_a_tick(curator, tmp_path):
    make_register()
    make_twin()
    run = staged(curator, tmp_path, CHEESE, BAKERY | {"site": "https://bakery.example/"})
    act = {"act": "decide-many", "decision": "same", "confirm": "1"}

    assert messages_of(press(curator, run, **act)) == "Tick some first."
    assert messages_of(press(curator, run, **act, chosen=["x", "9" * 30])) == "Tick some first."
    press(curator, run, **act, chosen=["3"])
    press(curator, run, "apply")
    assert ImportRow.objects.get(number=3).decided_by.username == "cora"
    told = messages_of(press(curator, run, **act, chosen=["3"]))
    assert told == "Row 3: This row is decided by now."


@pytest.mark.parametrize("act", ["decide", "decide-many"])
def test_a_decided_row_that_writing_refuses_is_told_with_the_reason(curator, tmp_path, act):
    make_register()
    make_twin()
    run = staged(curator, tmp_path, BAKERY | {"site": "https://bakery.example/"})
    press(curator, run, "apply")
    row = ImportRow.objects.get()
    exclusions.exclude(row.document, by=None, reason="Asked for it")

    sent = {"decision": "another", "row": "2", "chosen": ["2"], "confirm": "1"}
    told = messages_of(press(curator, run, act, **sent))

    row.refresh_from_db()
    assert row.problems[-1]["reason"] in told
    assert "decided" not in told
    assert (row.outcome, Organization.objects.count()) == ("refused", 1)


def test_an_editor_who_may_not_write_decides_about_no_rows(client, tmp_path):
    editor = signed_in(client, make_user("ana", is_editor=True))
    make_register()
    make_twin()
    run = staged(editor, tmp_path, BAKERY | {"site": "https://bakery.example/"})

    assert press(editor, run, "decide-many", decision="same", chosen=["2"]).status_code == 403
    assert 'id="several"' not in editor.get(page_of(run)).content.decode()


def test_the_page_of_a_row_that_is_asked_for_is_shown(curator, tmp_path, settings):
    settings.IMPORT_PREVIEW_ROWS = 2
    run = staged(curator, tmp_path, NAMELESS, CHEESE, BAKERY)

    page = curator.get(page_of(run), {"row": "4"}).content.decode()

    assert "Example Bakery" in page
    assert "Sample Cheesery" not in page


def test_columns_that_are_not_used_are_named_first_and_can_be_chosen(curator):
    SourceMapping.objects.all().delete()
    run = upload(curator, b"What it does;Name;Colour\nBakes bread;Example Bakery;green\n")
    address = page_of(run, "columns") + "?mapping=guessed"
    response = curator.get(address)

    page = " ".join(response.content.decode().split())
    unused, used = page.split("What is taken from the others")
    assert "1 column is not used" in unused
    assert "<strong>Colour</strong>" in unused
    assert "<strong>What it does</strong>" in used
    assert response.context["form"]["target-0"].value() == "summary"


def test_towns_that_nobody_knows_are_warned_of_by_row_and_counted(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY | {"town": "Nowhereville"}, CHEESE)

    page = curator.get(page_of(run)).content.decode()
    found = curator.get(page_of(run), {"outcome": "unknown-town"}).content.decode()

    assert "In 1 row the gazetteer does not know the town" in page
    assert "No town of this name is known in Maryland" in found
    assert "Sample Cheesery" not in found


def test_the_refused_rows_are_downloaded_and_hold_no_formula(curator, tmp_path):
    run = staged(curator, tmp_path, NAMELESS | {"site": " =1+1"}, BAKERY)

    answer = curator.get(page_of(run, "refused"))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    told = [row[f"{name} [import {run.pk}]"] for name in ("row", "column", "reason")]
    assert told == ["2", "name", "The row has no name."]
    assert row["site"] == "' =1+1"


def test_a_tick_that_would_keep_nothing_out_of_exports_is_refused(curator, tmp_path):
    content = write_rows(tmp_path, [BAKERY]).read_bytes()
    sent = {"source": make_register().pk, "file": SimpleUploadedFile("register.csv", content)}
    url = reverse("admin:directory_importrun_add")

    page = curator.post(url, sent | {"is_isolated": "on"}).content.decode()

    assert "The licence of the source decides what exports and dumps have" in page
    assert not ImportRun.objects.exists()


def test_a_part_of_what_the_source_has_says_so(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY, is_part="on")

    page = curator.get(page_of(run)).content.decode()

    assert run.is_part
    assert "a part of what the source has" in page


def test_what_a_rule_stops_needs_a_reason(curator, tmp_path):
    SourceFeed.objects.create(source=make_register(), canaries="7")
    run = staged(curator, tmp_path, BAKERY)
    assert "Row 7 must be there" in curator.get(page_of(run)).content.decode()
    press(curator, run, "apply")
    assert not Organization.objects.exists()

    response = press(curator, run, "let-through", reason=" ")
    assert "Say why" in messages_of(response)
    press(curator, run, "let-through", reason="Row 7 has closed")
    press(curator, run, "apply")

    assert Organization.objects.count() == 1


def test_what_failed_or_waits_is_in_the_queue(curator, tmp_path):
    make_register()
    make_twin()
    run = staged(curator, tmp_path, BAKERY | {"site": "https://bakery.example/"})
    press(curator, run, "apply")
    broken = upload(curator, b"no;called\n1;Example\n")
    imports.fail(broken, "The file breaks off.")
    SourceFeed.objects.create(
        source=broken.source, last_error="Nobody answers.", failing_since=run.created_at
    )

    queue = reverse("admin:directory_proposal_changelist")
    for kind, words in {
        "imports": "The file breaks off.",
        "import-rows": "Example Bakery",
        "fetches": "Nobody answers.",
    }.items():
        assert words in curator.get(queue, {"kind": kind}).content.decode()


def test_a_file_that_cannot_be_read_is_told_on_the_page(curator):
    run = upload(curator, b"\n , \n")

    response = curator.get(page_of(run, "columns"), follow=True)

    assert response.status_code == 200
    assert 'class="errornote"' in response.content.decode()


def test_the_preview_costs_the_same_for_any_length(curator, tmp_path, queries_of):
    short = staged(curator, tmp_path, BAKERY)
    rows = [BAKERY | {"id": str(i), "name": f"Example {word}"} for i, word in enumerate("abcdef")]
    long = staged(curator, tmp_path, *rows)

    assert queries_of(page_of(long)) == queries_of(page_of(short))


def test_markup_of_a_file_is_text_in_the_preview(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY | {"name": "<script>alert(1)</script>"})

    page = curator.get(page_of(run)).content.decode()

    assert "<script>alert" not in page
    assert not re.search(r"\son\w+=|\sstyle=", page)


def test_what_an_editor_said_of_the_columns_of_this_file_stays_said(curator, tmp_path):
    run = upload(curator, write_rows(tmp_path, [BAKERY]).read_bytes())
    place = curator.get(page_of(run, "columns")).context["form"].columns.index("town")
    sent = columns_sent(curator, run, **{f"target-{place}": "region", "all-language": "es"})
    curator.post(page_of(run, "columns"), sent)
    curator.post(page_of(run), {"act": "go-on"})

    again = curator.get(page_of(run, "columns"))
    assert again.context["form"][f"target-{place}"].value() == "region"
    assert again.context["form"]["all-language"].value() == "es"
    curator.post(page_of(run, "columns"), columns_sent(curator, run))
    run.refresh_from_db()
    assert run.mapping["constants"]["language"] == "es"
    assert run.mapping_name == "corrected"
    kept = SourceMapping.objects.get().rules
    assert "language" not in kept["constants"]

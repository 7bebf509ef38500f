"""What the pages of imports say and refuse, before anything of a file is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from directory.models import ImportRun, Licence, Organization, Source, SourceFeed
from tests.admin.forms import messages_of
from tests.admin.test_imports import columns_sent, page_of, press, staged, upload
from tests.factories import make_organization
from tests.imports.bringing import BAKERY, CHEESE, NAMELESS, make_register, write_rows

pytestmark = pytest.mark.django_db
TWIN = BAKERY | {"site": "https://bakery.example/"}
FEED = {"change_percent_max": "10", "vanish_percent_max": "10", "every_hours": "24"}


def text_of(browser, run: ImportRun, query: str = "") -> str:
    return browser.get(page_of(run) + query).content.decode()


def sent_in(browser, content: bytes, name: str = "register.csv"):
    """The answer to a file that is brought in under a name of its own."""
    source = Source.objects.filter(code="example-register").first() or make_register()
    file = SimpleUploadedFile(name, content)
    url = reverse("admin:directory_importrun_add")
    return browser.post(url, {"source": source.pk, "file": file})


def test_nonsense_for_all_rows_is_refused_at_its_field(curator, tmp_path):
    run = upload(curator, write_rows(tmp_path, [BAKERY]).read_bytes())
    nonsense = {
        "all-country": "Atlantis",
        "all-language": "gibberish",
        "all-type": "bank, wizardry",
    }

    page = curator.post(page_of(run, "columns"), columns_sent(curator, run, **nonsense))

    errors = page.context["form"].errors
    assert "no country “Atlantis”" in str(errors["all-country"])
    assert "“gibberish” is no language" in str(errors["all-language"])
    assert "wizardry" in str(errors["all-type"])
    assert ImportRun.objects.get().state == "mapping"


def test_what_a_cell_may_say_may_be_said_for_all_rows(curator, tmp_path):
    run = upload(curator, write_rows(tmp_path, [BAKERY]).read_bytes())
    sent = {"all-country": "Vereinigte Staaten", "all-language": "Spanish"}
    sent["all-type"] = "Worker Cooperative"

    curator.post(page_of(run, "columns"), columns_sent(curator, run, **sent))

    assert ImportRun.objects.get().state == "staging"


def test_a_term_that_another_source_gave_is_told_as_already_so(curator, tmp_path):
    make_register()
    make_organization("Example Bakery", source="other", website=TWIN["site"])
    run = staged(curator, tmp_path, TWIN)
    curator.post(page_of(run), {"act": "decide", "row": "2", "decision": "same"})

    (each,) = curator.get(page_of(run)).context["rows"]
    (told,) = [change for change in each.changes if change[0] == "Type"]
    assert told[1:] == ("Worker cooperative", "Worker cooperative: one more source says it")

    press(curator, run, "apply")
    run.refresh_from_db()
    undo = curator.get(reverse("admin:directory_changeset_undo", args=[run.changeset_id]))
    page = undo.content.decode()
    assert "Worker cooperative: another source still says it" in page
    assert "Undo “Import of register.csv from" in page


def test_only_rows_that_nobody_decided_about_are_ticked_together(curator, tmp_path):
    make_register()
    make_organization("Example Bakery", source="other", website=TWIN["site"])
    cheesery = CHEESE | {"site": "https://cheesery.example/"}
    make_organization("Sample Cheesery", source="other", website=cheesery["site"])
    run = staged(curator, tmp_path, TWIN, cheesery)
    curator.post(page_of(run), {"act": "decide", "row": "2", "decision": "leave"})

    page = text_of(curator, run)

    assert "The one row above that waits for a decision" in page


def test_a_licence_that_does_not_fit_is_told_where_the_file_is_brought_in(curator, tmp_path):
    make_register(licence=Licence.NON_COMMERCIAL)
    content = write_rows(tmp_path, [BAKERY]).read_bytes()

    form = sent_in(curator, content).context["form"]

    assert "may not be passed on" in str(form.errors["is_isolated"])
    assert not ImportRun.objects.exists()


def test_a_file_without_the_name_says_only_that_the_name_is_missing(curator):
    run = upload(curator, b"id,kind\n1,worker-cooperative\n")

    page = curator.post(page_of(run, "columns"), columns_sent(curator, run))

    assert "Say which column has the name." in page.content.decode()
    run.refresh_from_db()
    assert run.state == "mapping"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://example.org/list.csv", "no address of a website"),
        ("https://example.org:8443/list.csv", "another port"),
        ("http://10.0.0.7/list.csv", "private network"),
        ("http://127.0.0.1/list.csv", "private network"),
    ],
)
def test_an_address_that_could_never_be_fetched_is_refused(curator, address, why):
    source = make_register()

    url = reverse("admin:directory_sourcefeed_add")
    page = curator.post(url, FEED | {"source": source.pk, "url": address})

    assert why in str(page.context["adminform"].form.errors["url"])
    assert not SourceFeed.objects.exists()


def test_an_address_that_is_not_fetched_regularly_says_so(curator):
    source = make_register()
    url = reverse("admin:directory_sourcefeed_add")

    address = "https://example.org/list.csv"
    answer = curator.post(url, FEED | {"source": source.pk, "url": address}, follow=True)

    assert "nothing is fetched" in messages_of(answer)


def test_a_file_is_fetched_before_its_time_where_somebody_asks(curator):
    later = timezone.now() + timezone.timedelta(days=1)
    address = {"url": "https://example.org/list.csv", "next_pull_at": later}
    feed = SourceFeed.objects.create(source=make_register(), is_on=True, **address)

    url = reverse("admin:directory_sourcefeed_changelist")
    sent = {"action": "fetch_soon", "_selected_action": feed.pk}
    answer = curator.post(url, sent, follow=True)

    assert "1 file is fetched" in messages_of(answer)
    assert [*SourceFeed.objects.due(timezone.now())] == [feed]


def test_a_source_without_a_credit_line_tells_what_will_be_said(curator):
    url = reverse("admin:directory_source_add")
    sent = {"code": "list", "name": "Example List", "licence": "attribution"}

    answer = curator.post(url, sent | {"licence_name": "CC BY 4.0"}, follow=True)

    assert "ATTRIBUTION will say: Example List (CC BY 4.0)" in messages_of(answer)


def test_a_row_with_a_country_only_names_it(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY | {"town": ""})

    (each,) = curator.get(page_of(run)).context["rows"]

    assert "us" not in each.facts.split(" · ")
    assert Organization.objects.count() == 0


def test_yaml_reads_the_words_as_they_stand(curator):
    text = b"- {id: 01, name: Example Fishery, town: Takoma Park, kind: yes, site: NO}\n"
    sent_in(curator, text, "list.yaml")
    run = ImportRun.objects.get()

    rows = curator.get(page_of(run, "columns")).context["groups"]

    shown = {row[0]: row[-1] for group in rows for row in group}
    assert (shown["id"], shown["kind"], shown["site"]) == (["01"], ["yes"], ["NO"])


def test_an_object_is_no_name_and_a_list_no_town(curator):
    rows = (
        '[{"id": "1", "name": {"nested": "thing"}}, {"id": "2", "name": "B", "town": ["A", "C"]}]'
    )
    sent_in(curator, rows.encode(), "list.json")
    run = ImportRun.objects.get()
    form = curator.get(page_of(run, "columns")).context["form"]
    place = form.columns.index("name")
    sent = columns_sent(curator, run, **{f"target-{place}": "name"})
    curator.post(page_of(run, "columns"), sent)
    curator.post(page_of(run), {"act": "go-on"})

    first, second = ImportRun.objects.get().rows.in_order()
    assert first.outcome == "refused"
    assert first.problems[0]["column"] == "name"
    assert "an object, where one value" in first.problems[0]["reason"]
    assert any("a list, where one value" in problem["reason"] for problem in second.problems)


def test_the_language_is_guessed_from_the_names_of_columns(curator):
    german = "Nr.;Name der Organisation;Straße;Ort;Land\n1;Beispiel eG;Weg 1;Berlin;DE\n"
    run = upload(curator, german.encode())

    form = curator.get(page_of(run, "columns") + "?mapping=guessed").context["form"]

    assert form["all-language"].value() == "de"


def test_the_refused_rows_come_back_repaired_by_the_mapping_of_their_import(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY, NAMELESS)
    answer = curator.get(page_of(run, "refused"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    repaired = text.replace("3,,Takoma Park", "3,Example Dairy,Takoma Park")
    Source.objects.get().mappings.all().delete()

    sent_in(curator, repaired.encode(), "refused.csv")

    back = ImportRun.objects.order_by("pk").last()
    page = curator.get(page_of(back, "columns"))
    assert page.context["form"].columns == ["id", "name", "town", "site", "kind"]
    assert f"rows that import {run.pk} refused" in page.content.decode()
    curator.post(page_of(back, "columns"), columns_sent(curator, back))
    curator.post(page_of(back), {"act": "go-on"})
    back.refresh_from_db()
    assert back.is_part
    assert back.mapping == run.mapping
    (row,) = back.rows.all()
    assert (row.outcome, row.document["name"], row.problems) == ("new", "Example Dairy", [])


def test_rows_of_objects_come_back_as_they_stood(curator):
    rows = '[{"id": "1", "name": "", "address": {"city": "Takoma Park"}}]'
    sent_in(curator, rows.encode(), "list.json")
    run = ImportRun.objects.get()
    curator.post(page_of(run, "columns") + "?mapping=guessed", columns_sent(curator, run))
    curator.post(page_of(run), {"act": "go-on"})
    answer = curator.get(page_of(run, "refused"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    sent_in(curator, text.encode(), "refused.csv")

    back = ImportRun.objects.order_by("pk").last()
    assert curator.get(page_of(back, "columns")).context["form"].columns == [
        "id",
        "name",
        "address.city",
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("program.csv", b"MZ\x90\x00" * 40, "This is a program"),
        ("page.csv", b"<!doctype html><html></html>", "This is a web page"),
        ("wide.csv", ",".join(f"c{i}" for i in range(300)).encode(), "There are 300 columns"),
        ("anchors.yaml", b"a: &a [x, x]\nb: [*a, *a]\n", "anchors and aliases"),
    ],
)
def test_a_file_that_can_never_be_read_is_refused_at_once(curator, name, content, why):
    form = sent_in(curator, content, name).context["form"]

    assert why in str(form.errors["file"])
    assert not ImportRun.objects.exists()


def test_a_word_that_is_no_term_is_counted_and_said_once_for_all_rows(curator, tmp_path):
    guilds = [row | {"kind": "Example guild"} for row in (BAKERY, CHEESE)]
    run = staged(curator, tmp_path, *guilds)
    assert run.counts["unknown-word"] == 2
    assert run.counts["words"] == [["kind", "Example guild", 2]]
    assert "“Example guild”" in text_of(curator, run)
    assert "Row 2" in text_of(curator, run, "?outcome=unknown-word")

    page = curator.get(page_of(run, "columns"))
    assert "“Example guild” (kind: 2)" in page.content.decode()
    said = columns_sent(curator, run, **{"word-0": "worker-cooperative"})
    curator.post(page_of(run, "columns"), said)
    curator.post(page_of(run), {"act": "go-on"})

    run.refresh_from_db()
    assert run.counts["words"] == []
    claims = [row.document["claims"][0]["code"] for row in run.rows.all()]
    assert claims == ["worker-cooperative"] * 2


def test_what_goes_on_the_site_is_told_before_and_what_stays_a_draft_after(curator, tmp_path):
    run = staged(curator, tmp_path, BAKERY, CHEESE | {"kind": ""}, is_publishing="on")
    page = text_of(curator, run)
    assert "1 new listing goes on the site." in page
    assert "1 new listing becomes a draft" in page
    assert "A draft until it is complete: Give it at least one type." in page
    rows = curator.get(page_of(run)).context["rows"]
    assert [each.becomes for each in rows] == ["goes on the site", "becomes a draft"]

    press(curator, run, "apply")

    drafts = f"?import={run.pk}&amp;publication__exact=draft"
    assert drafts in text_of(curator, run)
    queue = reverse("admin:directory_proposal_changelist") + "?kind=import-drafts"
    assert "1 draft" in curator.get(queue).content.decode()
    make_organization("Example Mill", published=False)
    url = reverse("admin:directory_organization_changelist") + drafts.replace("&amp;", "&")
    assert [row.name for row in curator.get(url).context["cl"].result_list] == ["Sample Cheesery"]
    unknown = url.replace(f"import={run.pk}", "import=999999")
    assert [*curator.get(unknown).context["cl"].result_list] == []

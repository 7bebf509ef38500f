"""Editors compare, merge and split on pages that work without JavaScript."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.actions import organizations
from directory.actions.policies import TABLE, Action, When
from directory.models import Door, Duplicate, Organization
from tests.factories import make_network, make_organization, make_place, make_user
from tests.merges.steps import document, merge
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/directory/proposal/?kind=duplicates"
REASON = {"reason": "Same shop"}


def into(gone: Organization, kept: Organization) -> str:
    return reverse("admin:directory_organization_merge_into", args=[gone.pk, kept.pk])


def text_of(response) -> str:
    assert response.status_code == 200, response
    return html.unescape(response.content.decode())


def versions(gone: Organization, kept: Organization) -> dict:
    return {"version_gone": gone.version, "version_kept": kept.version}


def suspected(one: Organization, other: Organization) -> Duplicate:
    evidence = [
        {"kind": "name", "weight": 5.0, "detail": ""},
        {"kind": "town", "weight": -1.9, "detail": ""},
    ]
    return Duplicate.objects.create(first=one, second=other, score=0.9, evidence=evidence)


def test_the_queue_says_why_and_shows_both_side_by_side(editor):
    pair = suspected(
        make_organization("Kestrel", founded="1998"), make_organization("Kestrel Bread")
    )

    page = text_of(editor.get(QUEUE))

    for words in ("Names are alike", "In different towns", "1998", "90%"):
        assert words in page
    assert into(pair.second, pair.first) in page or into(pair.first, pair.second) in page


def test_not_a_duplicate_is_one_button_and_leaves_the_queue(editor):
    pair = suspected(make_organization("Kestrel"), make_organization("Kestrel Bread"))
    button = reverse("admin:directory_queue_not_duplicate", args=[pair.pk])

    response = editor.post(button, {"kind": "duplicates"}, follow=True)

    pair.refresh_from_db()
    assert (pair.status, pair.decided_by.username) == ("not_duplicate", "ana")
    assert "Nothing waits here." in text_of(response)
    assert "decided already" in text_of(editor.post(button, {}, follow=True))


def test_the_queue_costs_the_same_for_any_number_of_pairs(editor, django_assert_num_queries):
    def add() -> None:
        suspected(make_organization("Kestrel"), make_organization("Kestrel Bread"))

    add()
    editor.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        editor.get(QUEUE)
    for _number in range(4):
        add()

    with django_assert_num_queries(len(one)):
        editor.get(QUEUE)


def test_the_page_shows_each_field_and_what_would_change(editor):
    kept = make_organization("Kestrel", website="https://kestrel.example")
    gone = make_organization("Kestrel Bread", website="https://bread.example", founded="1998")

    page = text_of(editor.get(into(gone, kept)))
    chosen = editor.post(into(gone, kept), {"preview": "1", "take-website": "take"})

    assert "https://bread.example" in page
    assert "<ins>1998</ins>" in page
    assert "<ins>https://bread.example</ins>" in text_of(chosen)
    assert not Organization.objects.filter(publication="merged").exists()


def test_the_page_says_in_headings_which_stays_and_which_goes_and_one_button_swaps_them(editor):
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel Bread")

    page = text_of(editor.get(into(gone, kept)))
    swapped = text_of(editor.post(into(kept, gone), {"swap": "1"} | REASON))

    def headings(text: str) -> list[str]:
        found = re.findall(r"<h2><span[^>]*>(.*?)</span> <a [^>]*>(.*?)</a></h2>", text)
        return [f"{which}: {name}" for which, name in found]

    assert headings(page) == ["Stays: Kestrel", "Goes: Kestrel Bread"]
    assert f'formaction="{into(kept, gone)}"' in page
    assert headings(swapped) == ["Stays: Kestrel Bread", "Goes: Kestrel"]
    assert 'value="Same shop"' in swapped
    assert not Organization.objects.filter(publication="merged").exists()


def test_why_it_does_not_go_the_other_way_round_is_said(editor):
    kept, draft = make_organization("Kestrel"), make_organization("Bread", published=False)

    page = text_of(editor.get(into(draft, kept)))

    assert "Not the other way round: Bread was never on the site" in page
    assert 'name="swap"' not in page


def test_the_button_merges_as_chosen(editor):
    kept, gone = make_organization("Kestrel"), make_organization("Bread", founded="1998")
    sent = {"merge": "1", "take-founded": "keep"} | versions(gone, kept) | REASON

    response = editor.post(into(gone, kept), sent, follow=True)

    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert document(kept)["founded"] == ""
    assert "Bread was merged into Kestrel." in text_of(response)


def test_a_reason_is_asked_for_and_a_later_change_is_told(editor):
    kept, gone = make_organization("Kestrel"), make_organization("Bread")
    old = versions(gone, kept)
    changed = document(kept) | {"founded": "1998"}
    organizations.edit(kept, changed, by=None, door=Door.ADMIN)

    without = editor.post(into(gone, kept), {"merge": "1"} | old)
    late = editor.post(into(gone, kept), {"merge": "1"} | old | REASON)

    assert "This field is required." in text_of(without)
    assert "changed this listing after you opened it" in text_of(late)


def test_the_other_listing_is_found_by_name_or_address(editor):
    listing = make_organization("Kestrel")
    other = make_organization("Harrier Bread")
    page = reverse("admin:directory_organization_merge", args=[listing.pk])

    for asked in ("harrier", other.uid, f"https://here.example{other.get_absolute_url()}"):
        assert into(listing, other) in text_of(editor.get(page, {"other": asked}))
    assert "No listing" in text_of(editor.get(page, {"other": "nobody"}))


def test_an_editor_of_a_network_merges_only_where_both_are_in_the_remit(client):
    make_place("us/ohio/dayton")
    here, there = make_organization("Kestrel"), make_organization("Bread", place="us/ohio/dayton")
    near = make_organization("Merlin")
    person = make_user(role="editor")
    make_network(places=["us/maryland"]).editors.add(person)
    browser = signed_in(client, person)
    pair = suspected(here, there)

    assert browser.get(into(near, here)).status_code == 200
    page = reverse("admin:directory_organization_merge", args=[here.pk])
    assert into(here, there) not in text_of(browser.get(page))
    assert browser.get(into(there, here)).status_code == 404
    assert browser.get(into(here, there)).status_code == 404
    assert "Nothing waits here." in text_of(browser.get(QUEUE))
    refused = browser.post(reverse("admin:directory_queue_not_duplicate", args=[pair.pk]))
    assert refused.status_code == 403


def test_a_merged_listing_is_read_in_the_admin_and_not_changed(editor):
    kept, gone = make_organization("Kestrel"), make_organization("Bread")
    merge(gone, kept)
    page = reverse("admin:directory_organization_change", args=[gone.pk])

    shown = text_of(editor.get(page))
    again = editor.get(into(gone, kept), follow=True)

    assert 'name="_save"' not in shown
    assert "Kestrel (kestrel)" in shown
    assert "merged into another listing already" in text_of(again)


def test_a_listing_is_split_on_its_page(editor):
    listing = make_organization(
        "Kestrel", types=("worker-cooperative", "credit-union"), other_names=["Kestrel CU"]
    )
    page = reverse("admin:directory_organization_split", args=[listing.pk])
    chosen = {"name": "Kestrel CU", "where-claims-1": "goes", "where-other_names-0": "goes"}
    chosen |= {f"where-{name}": "both" for name in ("locations-0", "summary")}

    shown = text_of(editor.post(page, chosen | {"preview": "1"}))
    sent = chosen | {"where-sources-0": "stays", "where-claims-0": "stays"} | REASON
    done = editor.post(page, sent | {"split": "1", "version": listing.version}, follow=True)

    assert "<ins>Kestrel CU</ins>" in shown
    assert "Kestrel CU was split off from Kestrel." in text_of(done)
    assert document(listing)["other_names"] == []


def test_a_split_publishes_only_for_who_may_publish(editor, monkeypatch):
    listing = make_organization("Kestrel", other_names=["Kestrel CU"])
    page = reverse("admin:directory_organization_split", args=[listing.pk])
    sent = REASON | {"name": "Kestrel CU", "version": listing.version, "is_published": "on"}
    cells = TABLE[Action.ORGANIZATION_PUBLISH].cells
    monkeypatch.setitem(cells, "editor", When.NEVER)  # As another directory may decide.

    assert editor.post(page, sent | {"split": "1"}).status_code == 403
    assert list(Organization.objects.all()) == [listing]

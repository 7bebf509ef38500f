"""Editors see what many looked for and did not find."""

import pytest
from django.urls import reverse

from directory.models import Gap
from tests.factories import make_gap, make_place, make_term

pytestmark = pytest.mark.django_db
LIST = "admin:directory_gap_changelist"


@pytest.fixture
def gaps():
    make_term("timebank")
    town = make_place("us/maryland/takoma-park")
    make_gap("childcare", place=town, count=47)
    make_gap(month="2026-10-01", scheme="type", code="timebank", count=5)
    make_gap("bread", place=town.parent, count=6)
    make_term("rare")
    make_gap(scheme="type", code="rare", count=4)


def test_the_list_says_what_was_sought_where_and_how_often(editor, gaps):
    html = editor.get(reverse(LIST)).content.decode()

    assert "47 searches for “childcare” around Takoma Park, Maryland, none listed" in html
    assert "6 searches for “bread” in Maryland, United States, none listed" in html
    assert "5 searches for “Timebank”, none listed" in html
    assert "November 2026" in html
    assert "/organizations/?q=childcare&amp;near=us%2Fmaryland%2Ftakoma-park" in html
    assert "/organizations/?type=timebank" in html


def test_what_few_looked_for_is_shown_to_nobody(editor, gaps):
    for search in ({}, {"q": "rare"}):
        assert "“Rare”" not in editor.get(reverse(LIST), search).content.decode()
    rare = Gap.objects.get(code="rare")
    response = editor.get(reverse("admin:directory_gap_change", args=[rare.pk]))
    assert response.status_code in {302, 403, 404}


def test_the_start_of_the_admin_leads_there(editor, gaps):
    assert reverse(LIST) in editor.get(reverse("admin:index")).content.decode()


def test_the_list_costs_the_same_for_any_length(editor, gaps, queries_of):
    url = reverse(LIST)
    queries_of(url)
    before = queries_of(url)
    for number in range(5):
        make_gap(f"bread {number}", count=9)

    assert queries_of(url) == before


def test_nobody_writes_there(editor, gaps):
    assert editor.get(reverse("admin:directory_gap_add")).status_code == 403

"""What cannot be searched is said in words, and nothing is searched."""

import re
from html import unescape

import pytest

from tests.factories import make_organization, make_place
from tests.web.pages import LIST, links, names, page, title

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make_place("us/maryland/takoma-park", latitude=38.9779, longitude=-77.0075)


@pytest.mark.parametrize(
    ("query", "field", "typed"),
    [
        ("near=nowhere-at-all", "near", "nowhere-at-all"),
        ("radius=abc&near=takoma+park", "radius", "abc"),
        ("q=" + "a" * 201, "q", "a" * 201),
        ("q=a%E2%80%AEb", "q", None),
    ],
)
def test_a_wrong_field_says_so_at_the_field_and_above_and_keeps_what_was_typed(
    client, town, query, field, typed
):
    make_organization("Example bakery")
    html = page(client, query, status=400)

    assert title(html).startswith("Error: ")
    assert names(html) == []
    message = re.search(rf'id="{field}-fault">(.*?)</span>', html).group(1)
    summary = html[
        html.index('class="problem"') : html.index("</ul>", html.index('class="problem"'))
    ]
    assert f'<a href="#{field}">{message}</a>' in summary
    assert f'aria-describedby="{field}-fault"' in html
    if typed:
        assert typed in html


@pytest.mark.parametrize(
    "query",
    [
        "type=no-such-type",
        "bbox=1,2,3",
        "bbox=nan,0,1,1",
        "no_such_parameter=1",
        "sort=__class__",
        "place=%27%3B--",
        "verified_only=maybe",
        "confirmed_after=0000-00-00",
        "q=a&q=b",
        "near=999,999",
        "page_size=0",
    ],
)
def test_anything_else_wrong_is_named_and_nothing_is_searched(client, query):
    make_organization("Example bakery")
    html = page(client, query, status=400)

    assert title(html).startswith("Error: ")
    assert "There is a problem" in html
    assert "Example bakery" not in html


def test_one_click_leads_past_a_parameter_that_cannot_be_read(client):
    make_organization("Example bakery")
    html = page(client, "q=bakery&no_such_parameter=1", status=400)

    assert f"{LIST}?q=bakery" in links(html)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "'; --"]
)
def test_what_is_typed_stays_text(client, text):
    response = client.get(LIST, {"q": text})
    html = response.content.decode()

    assert response.status_code == 200
    assert "<script>alert" not in html
    assert "<img" not in html
    assert unescape(re.search(r'name="q"[^>]*value="([^"]*)"', html).group(1)) == text

"""What a listing's page says in words and in linked data."""

import json
import re

import pytest
from django.template import Context, Template

from tests.factories import make_organization
from tests.web.pages import links

pytestmark = pytest.mark.django_db


def shown(client, organization, language="en") -> str:
    response = client.get(organization.get_absolute_url(), {"lang": language})
    assert response.status_code == 200
    return response.content.decode()


def linked_data(html: str) -> list[dict]:
    pattern = r'<script type="application/ld\+json">(.*?)</script>'
    return [json.loads(block) for block in re.findall(pattern, html, re.S)]


def test_the_text_comes_in_the_language_of_the_page_where_there_is_one(client):
    organization = make_organization(
        summary="Bakes bread.", translations={"es": {"summary": "Hace pan."}}
    )

    html = shown(client, organization, "es")

    assert '<p class="lead">Hace pan.</p>' in html
    assert '<div lang="en"><p>Bakes bread.</p></div>' in html


def test_text_in_another_language_is_marked_and_the_language_named(client):
    organization = make_organization("Panadería", language="es", summary="Hace pan.")

    html = shown(client, organization)

    assert '<h1 lang="es">Panadería</h1>' in html
    assert '<p class="lead" lang="es">Hace pan.</p>' in html
    assert "In Spanish." in html


def test_a_translation_by_a_machine_says_so(client):
    text = {"summary": "Hace pan.", "is_machine_made": True}

    html = shown(client, make_organization(translations={"es": text}))

    assert "Translated by a machine" in html


def test_descriptions_are_markdown_and_nothing_else(client):
    text = "# Bread\n\n**Fresh** <script>alert(1)</script> [in](javascript:alert(1)) ![x](https://e.org/x)"

    html = shown(client, make_organization(description=text))

    assert "<h3>Bread</h3>" in html
    assert "<strong>Fresh</strong>" in html
    assert "<script>alert" not in html
    assert "javascript:alert" not in "".join(links(html))
    assert "<img" not in html


def test_linked_data_says_what_the_page_says(client):
    organization = make_organization("Example Bakery")

    described, crumbs = linked_data(shown(client, organization))

    assert described["name"] == "Example Bakery"
    assert described["@id"] == f"http://testserver/id/organizations/{organization.uid}"
    assert [item["name"] for item in crumbs["itemListElement"]] == [
        "Home",
        "United States",
        "Maryland",
        "Takoma Park",
        "Example Bakery",
    ]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- & <script>"])
def test_no_text_can_break_out_of_the_linked_data(client, text):
    organization = make_organization(summary=f"Bread {text} more")

    html = shown(client, organization)
    block = html.split("ld+json")[1].split("</script>")[0]

    assert not set("<&") & set(block)
    assert linked_data(html)[0]["description"] == f"Bread {text} more"


def test_line_separators_are_escaped_in_linked_data():
    template = Template("{% load linked_data %}{% linked_data value %}")

    block = template.render(Context({"value": {"name": "a\u2028b\u2029c"}}))

    assert "a\\u2028b\\u2029c" in block

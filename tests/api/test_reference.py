"""The reference page and the catalog."""

import html
import re

from django.urls import reverse

from directory.api import openapi
from tests.factories import make_organization


def test_the_page_has_every_call_and_every_parameter(client, db):
    make_organization()

    page = html.unescape(client.get(reverse("api-reference")).content.decode())

    for path, methods in openapi.document("en")["paths"].items():
        call = methods["get"]
        assert f"</span> {path}</p>" in page
        assert call["description"] in page
        for parameter in call["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page


def test_every_command_on_the_page_can_be_run(client, db):
    make_organization("Bread Co-op")

    page = html.unescape(client.get(reverse("api-reference")).content.decode())
    addresses = re.findall(r'curl "http://testserver(/[^"]*)"', page)

    assert len(addresses) > 10
    for address in set(addresses):
        wanted = {400} if "radius=ten" in address else {200, 404, 400}
        assert client.get(address).status_code in wanted, address


def test_the_page_shows_answers_of_this_site(client, db):
    organization = make_organization("Bread Co-op")

    page = client.get(reverse("api-reference")).content.decode()

    assert organization.uid in page
    assert "Bread Co-op" in page


def test_a_name_cannot_break_out_of_the_page(client, db):
    make_organization("</code><script>alert(1)</script>")

    assert "<script>alert" not in client.get(reverse("api-reference")).content.decode()


def test_the_page_needs_no_script_and_lists_the_errors(client, db):
    page = client.get(reverse("api-reference")).content.decode()

    assert "<script" not in page
    for status in ("400", "404", "410", "429"):
        assert f"<code>{status}</code>" in page


def test_the_catalog_leads_to_the_api_its_description_and_its_reference(client, db):
    response = client.get("/.well-known/api-catalog")

    assert response["Content-Type"] == "application/linkset+json"
    entry = response.json()["linkset"][0]
    for relation in ("service-desc", "service-doc", "status"):
        assert client.get(entry[relation][0]["href"]).status_code == 200
    assert client.get(entry["anchor"]).status_code == 200
    assert client.head("/.well-known/api-catalog")["Link"].endswith('rel="api-catalog"')

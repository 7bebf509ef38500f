"""Headers: tags and 304, how long to keep, other origins, HEAD and OPTIONS."""

import pytest
from django.urls import reverse

from directory.models import Term
from tests.factories import make_organization


@pytest.fixture
def address(db) -> str:
    return reverse("api:organization-detail", args=[make_organization().uid])


def test_a_listing_has_a_strong_tag_and_a_list_a_weak_one(client, address):
    assert client.get(address)["ETag"].startswith('"')
    assert client.get(reverse("api:organization-list"))["ETag"].startswith('W/"')


@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"other", {tag}', "*", 'W/"x", W/{tag}'])
def test_what_the_caller_has_is_not_sent_again(client, address, form):
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": form.format(tag=first["ETag"])})

    assert again.status_code == 304
    assert again.content == b""
    for header in ("ETag", "Cache-Control"):
        assert again[header] == first[header]
    assert "Accept-Language" in again["Vary"]
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_list_answers_304_to_its_weak_tag(client, address):
    url = reverse("api:organization-list")
    tag = client.get(url)["ETag"]

    assert client.get(url, headers={"if-none-match": tag}).status_code == 304


def test_another_tag_gets_the_whole_answer(client, address):
    response = client.get(address, headers={"if-none-match": '"other"'})

    assert response.status_code == 200
    assert response.json()["uid"]


def test_the_tag_changes_with_the_label_of_a_term(client, address):
    before = client.get(address)["ETag"]
    term = Term.objects.get(code="worker-cooperative")
    term.labels = {"en": "Workers' co-op"}
    term.save()

    assert client.get(address)["ETag"] != before


def test_if_match_that_fails_is_a_problem(client, address):
    response = client.get(address, headers={"if-match": '"other"'})

    assert response.status_code == 412
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name", ["index", "organization-list", "organization-geojson", "term-list", "openapi"]
)
def test_every_answer_may_be_kept_for_a_while_and_says_by_what_it_varies(client, db, name):
    response = client.get(reverse(f"api:{name}"))

    assert response["Cache-Control"].startswith("public, max-age=")
    assert {"Accept", "Accept-Language"} <= set(response["Vary"].split(", "))
    assert response["Content-Language"] == "en"
    for rel in ("describedby", "license", "service-doc"):
        assert f'rel="{rel}"' in response["Link"]


def test_scripts_of_any_website_may_read(client, address):
    response = client.get(address, headers={"origin": "https://elsewhere.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    for header in ("ETag", "Link", "RateLimit", "Retry-After"):
        assert header in response["Access-Control-Expose-Headers"]


def test_a_preflight_is_answered(client, address):
    response = client.options(
        address,
        headers={"origin": "https://elsewhere.example", "access-control-request-method": "GET"},
    )

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_head_says_the_same_without_a_body(client, address):
    response = client.head(address)

    assert response.status_code == 200
    assert response["ETag"] == client.get(address)["ETag"]
    assert response.content == b""


def test_no_cookie_is_ever_set(client, address):
    assert not client.get(address, {"lang": "es"}).cookies

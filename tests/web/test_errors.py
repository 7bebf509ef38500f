"""Pages for what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import translation

from directory.web import errors


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.form_refused, 403),
        (errors.not_found, 404),
        (errors.gone, 410),
        (errors.server_error, 500),
    ],
)
def test_every_error_page_has_a_search_box_and_needs_no_database(page, status):
    # No database is allowed here: a query would fail the test.
    response = page(RequestFactory().get("/somewhere/?q=%FF"))
    html = response.content.decode()

    assert response.status_code == status
    assert 'role="search"' in html
    assert html.count("<h1>") == 1
    assert "Traceback" not in html


def test_error_pages_speak_the_language_of_the_visitor():
    with translation.override("es"):
        html = errors.not_found(RequestFactory().get("/nada/")).content.decode()

    assert '<html lang="es">' in html


def test_an_unknown_address_says_so_and_keeps_the_language_switch(client):
    response = client.get("/no-such-page/")
    html = response.content.decode()

    assert response.status_code == 404
    assert 'href="/no-such-page/?lang=es"' in html


def test_a_refusal_may_carry_its_exception():
    response = errors.forbidden(RequestFactory().get("/"), PermissionDenied("secret reason"))

    assert "secret reason" not in response.content.decode()


@pytest.mark.parametrize("address", ["/organizations/new/", "/accounts/login/", "/admin/login/"])
def test_a_form_without_its_cookie_says_what_is_missing_and_repeats_nothing(address):
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post(address, {"name": "Example Bakery", "password": "a secret"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "keeps no cookies for this site" in page
    assert "Example Bakery" not in page
    assert "a secret" not in page
    assert "CSRF" not in page

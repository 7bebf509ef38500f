"""Coming in: password, second factor, and what strangers are told."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Role, User
from tests.accounts.pages import ADMIN, APP, CODE, FACTORS, LOGIN, words_of
from tests.factories import PASSWORD, make_user
from tests.second_factors import code_now, signed_in

pytestmark = pytest.mark.django_db
WRONG = "This name and this password do not belong together."


@pytest.mark.parametrize("name", ["ana", "ana@example.org", "ANA@example.org"])
def test_an_editor_comes_in_by_name_or_address_with_a_code(visit, name):
    make_user("ana", is_editor=True, email="ana@example.org")

    assert visit.give_password(name)["Location"] == CODE
    assert not visit.is_in_the_admin()
    assert visit.give_code(code_now())["Location"] == ADMIN
    assert visit.is_in_the_admin()


def test_the_admin_sends_to_the_one_sign_in_page(client):
    there = client.get("/admin/directory/organization/", follow=True)

    assert there.redirect_chain[-1][0] == f"{LOGIN}?next=/admin/directory/organization/"
    assert (
        client.post("/admin/login/", {"username": "ana", "password": PASSWORD}).status_code == 302
    )


def test_unknown_name_wrong_password_and_suspended_account_are_told_the_same(visit):
    make_user("ana", is_editor=True)
    make_user("bob", is_active=False, suspended_at="2026-01-01T00:00Z", suspended_reason="Spam")

    said = {
        words_of(visit.give_password(name, "not the password")).replace(name, "")
        for name in ("ana", "bob", "nobody", "nobody@example.org")
    }

    assert len(said) == 1
    assert WRONG in said.pop()


def test_the_page_after_a_wrong_password_stays_where_it_was(visit):
    response = visit.give_password("nobody")

    assert response.status_code == 200
    assert response.context["form"]["login"].value() == "nobody"
    assert "<title>Error:" in response.content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "%0d%0aX: y",
    ],
)
def test_signing_in_leads_to_no_other_site(visit, elsewhere):
    signed = visit.give_password(make_user("ana").username, next=elsewhere)

    assert signed.status_code == 302
    assert urlsplit(signed["Location"])[:2] == ("", "")


def test_a_code_works_once(visit):
    make_user("ana", is_editor=True)
    code = code_now()
    visit.give_password()
    visit.give_code(code)
    visit.client.post("/accounts/logout/")

    visit.give_password()
    answer = visit.give_code(code)

    assert answer.status_code == 200
    assert "This code is not right." in words_of(answer)
    assert not visit.is_in_the_admin()


def test_the_session_gets_a_new_key_when_somebody_signs_in(visit):
    make_user("ana")
    visit.client.get(LOGIN)
    visit.client.session.save()
    before = visit.client.session.session_key

    visit.give_password()

    assert visit.client.session.session_key != before


def test_after_ten_wrong_tries_even_the_right_password_must_wait(visit):
    make_user("ana", is_editor=True)
    for _ in range(10):
        visit.give_password("ana", "wrong")

    answer = visit.give_password("ana")

    assert "Too many tries." in words_of(answer)


def test_after_five_wrong_codes_even_the_right_one_must_wait(visit):
    make_user("ana", is_editor=True)
    visit.give_password()
    for _ in range(5):
        visit.give_code("000000")

    answer = visit.give_code(code_now())

    assert "Too many tries." in words_of(answer)
    assert not visit.is_in_the_admin()


def test_tries_that_never_end_get_a_page_that_says_so(visit):
    for _ in range(30):
        visit.client.post(LOGIN, {"login": "", "password": ""})

    answer = visit.client.post(LOGIN, {"login": "", "password": ""})

    assert answer.status_code == 429
    assert "Too many tries" in words_of(answer)


def test_the_first_editor_is_made_signs_in_and_sets_up_an_app(visit, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", username="ana", email="", interactive=False, verbosity=0)
    assert User.objects.get().role == Role.OPERATOR

    visit.give_password()
    assert visit.client.get(ADMIN)["Location"] == FACTORS
    assert "Before you can work in the admin" in words_of(visit.client.get(FACTORS))
    codes = visit.set_up_an_app()

    assert codes.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<code>\d{8}</code>", codes.content.decode())) == 10
    assert visit.is_in_the_admin()


def test_the_app_is_set_up_by_a_drawn_code_or_a_typed_key(client):
    person = make_user("ana", is_editor=True, has_second_factor=False)

    page = signed_in(client, person).get(APP).content.decode()

    assert re.search(r'<svg class="qr" viewBox="0 0 (\d+) \1" role="img"', page)
    assert "data:" not in page
    assert re.search(r'class="key">[A-Z2-7]{32}<', page)


def test_recovery_codes_are_shown_once_and_work_once(visit):
    make_user("ana", is_editor=True, has_second_factor=False)
    visit.give_password()
    code = re.findall(r"<code>(\d{8})</code>", visit.set_up_an_app().content.decode())[0]
    again = visit.client.get(reverse("mfa_view_recovery_codes"))
    assert "cannot be shown again" in words_of(again)
    assert not re.search(r"\d{8}", words_of(again))

    visit.client.post("/accounts/logout/")
    visit.give_password()
    assert visit.give_code(code)["Location"] == ADMIN
    visit.client.post("/accounts/logout/")
    visit.give_password()

    assert visit.give_code(code).status_code == 200
    assert not visit.is_in_the_admin()


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/directory/organization/add/", "/admin/accounts/user/"]
)
def test_without_a_second_factor_the_admin_sends_to_set_one_up(client, address):
    signed_in(client, make_user(role=Role.OPERATOR, has_second_factor=False))

    for method in (client.get, client.post):
        assert method(address)["Location"] == FACTORS


def test_without_a_second_factor_an_editor_counts_as_a_visitor_elsewhere(client):
    signed_in(client, make_user(is_editor=True, has_second_factor=False))

    assert not client.get("/about/").context["user"].is_authenticated


def test_an_editor_keeps_at_least_one_second_factor(client):
    signed_in(client, make_user(is_editor=True))

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert "Your role needs a second factor." in words_of(answer)
    assert client.get(ADMIN).status_code == 200


def test_a_contributor_may_sign_in_without_one_and_take_theirs_away(visit):
    make_user("eva")
    visit.give_password("eva")
    visit.set_up_an_app()

    visit.client.post(reverse("mfa_deactivate_totp"))

    assert "Set up an app" in words_of(visit.client.get(FACTORS))


def test_the_secret_of_an_app_is_not_in_the_database_as_it_is(visit):
    person = make_user("ana", is_editor=True, has_second_factor=False)
    visit.give_password()
    key = visit.key_of_a_new_app()
    visit.client.post(APP, {"code": code_now(key)})

    kept = [authenticator.data for authenticator in person.authenticator_set.all()]

    assert len(kept) == 2
    assert key not in str(kept)


def test_a_new_secret_key_keeps_the_second_factor_where_the_old_one_is_named(visit, settings):
    make_user("ana", is_editor=True)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is long enough for a test of this kind"

    visit.sign_in()

    assert visit.is_in_the_admin()


def test_under_another_secret_key_no_code_is_right(visit, settings):
    make_user("ana", is_editor=True)
    settings.SECRET_KEY = "another key that is long enough for a test of this kind"

    visit.sign_in()

    assert not visit.is_in_the_admin()


def test_pages_of_an_account_are_kept_by_no_cache(client):
    signed_in(client, make_user("ana"))

    for address in (FACTORS, "/accounts/sessions/", "/accounts/email/", "/"):
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_one_sees_from_which_addresses_one_is_signed_in(visit):
    make_user("ana", is_editor=True)
    visit.sign_in()

    assert "from the address 127.0.0.1" in visit.client.get("/accounts/sessions/").content.decode()


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_sign_in_page_speaks(client, language):
    page = client.get(LOGIN, {"lang": language})

    assert f'<html lang="{language}"' in page.content.decode()

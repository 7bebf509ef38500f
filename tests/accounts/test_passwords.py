"""Choosing and forgetting passwords; making an account where that is open."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Role, User
from tests.accounts.pages import CODE, words_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NEW = "five bicycles under a tree"
RESET, SIGN_UP = "/accounts/password/reset/", "/accounts/signup/"


def link_in_mail() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def choose(client, link: str, password: str):
    """Open the link, and choose; the key is taken out of the address on the way."""
    there = client.get(link, follow=True)
    address = there.redirect_chain[-1][0] if there.redirect_chain else link
    return client.post(address, {"password1": password, "password2": password}, follow=True)


def test_a_forgotten_password_is_chosen_anew_through_a_mailed_link(client, visit):
    make_user("ana", email="ana@example.org")
    client.post(RESET, {"email": "ana@example.org"})
    assert "“ana”" in mail.outbox[0].body

    done = choose(client, link_in_mail(), NEW)

    assert "Your password is changed" in words_of(done)
    assert visit.give_password("ana", NEW).status_code == 302


def test_a_new_password_keeps_the_second_factor(client, visit):
    make_user("ana", is_editor=True, email="ana@example.org")
    client.post(RESET, {"email": "ana@example.org"})

    choose(client, link_in_mail(), NEW)

    assert visit.give_password("ana", NEW)["Location"] == CODE


def test_a_link_works_once(client):
    make_user("ana", email="ana@example.org")
    client.post(RESET, {"email": "ana@example.org"})
    link = link_in_mail()
    choose(client, link, NEW)
    client.cookies.clear()

    assert "This link does not hold any more" in words_of(client.get(link, follow=True))


def test_nobody_learns_whether_an_address_has_an_account(client):
    make_user("ana", email="ana@example.org")

    answers = [client.post(RESET, {"email": f"{name}@example.org"}) for name in ("ana", "bob")]

    assert {(a.status_code, a["Location"]) for a in answers} == {(302, f"{RESET}done/")}
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


def test_nobody_is_written_to_more_than_five_times_a_day(client):
    make_user("ana", email="ana@example.org")

    for _ in range(7):
        client.post(RESET, {"email": "ana@example.org"})

    assert len(mail.outbox) == 5


def test_a_link_names_no_host_that_is_not_ours(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    make_user("ana", email="ana@example.org")

    answer = client.post(RESET, {"email": "ana@example.org"}, headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert mail.outbox == []


def test_mail_that_cannot_be_sent_tells_a_stranger_nothing(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # Nobody listens there.
    make_user("ana", email="ana@example.org")

    assert client.post(RESET, {"email": "ana@example.org"})["Location"] == f"{RESET}done/"


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("short words", False),
        ("qwerty123456", False),
        ("1q2w3e4r5t6y", False),
        ("ana-example-org", False),
        ("drei Räder 🚲 im Hof", True),
        ("a long sentence that only I know, with eighty letters and then some more of them", True),
    ],
)
def test_a_password_is_long_and_not_a_common_one(client, visit, password, is_taken):
    make_user("ana", email="ana-example-org@example.org")
    client.post(RESET, {"email": "ana-example-org@example.org"})

    choose(client, link_in_mail(), password)

    assert (visit.give_password("ana", password).status_code == 302) == is_taken


def sign_up(client, name: str = "eva", email: str = "eva@example.org"):
    return client.post(SIGN_UP, {"username": name, "email": email, "password1": NEW})


def test_nobody_makes_themselves_an_account_unless_that_is_open(client):
    assert "Accounts are by invitation" in words_of(client.get(SIGN_UP))

    sign_up(client)

    assert not User.objects.exists()
    assert "Make an account" not in words_of(client.get("/accounts/login/"))


def test_who_signs_up_is_a_contributor_and_confirms_the_address_first(client, visit, settings):
    settings.ACCOUNTS_SIGNUP = True
    assert "Make an account" in words_of(client.get("/accounts/login/"))
    sign_up(client)
    assert User.objects.get().role == Role.CONTRIBUTOR
    assert visit.give_password("eva", NEW)["Location"] == reverse("account_email_verification_sent")

    client.post(link_in_mail())

    assert visit.give_password("eva", NEW)["Location"] == "/admin/"


def test_signing_up_tells_nobody_that_an_address_has_an_account(client, settings):
    settings.ACCOUNTS_SIGNUP = True
    make_user("ana", email="ana@example.org")

    answers = [sign_up(client, "eva", "ana@example.org"), sign_up(client, "eve", "e@example.org")]

    assert len({(a.status_code, a.get("Location")) for a in answers}) == 1
    assert User.objects.filter(email="ana@example.org").count() == 1
    assert "There is one already." in mail.outbox[0].body


def test_a_new_address_counts_once_it_is_confirmed(visit):
    ana = make_user("ana", email="ana@example.org")
    visit.give_password()
    visit.client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"

    visit.client.post(link_in_mail())

    ana.refresh_from_db()
    assert ana.email == "new@example.org"


def test_a_changed_second_factor_is_told_by_mail(visit, django_capture_on_commit_callbacks):
    make_user("ana", email="ana@example.org")
    visit.give_password()
    with django_capture_on_commit_callbacks(execute=True):
        visit.set_up_an_app()

    assert "An app was set up" in mail.outbox[-1].subject

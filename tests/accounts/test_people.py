"""What operators do to accounts, and what becomes of the people."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from accounts import people
from accounts.models import AccountEvent, Deed, Role, User
from tests.accounts.pages import FACTORS, words_of
from tests.admin.forms import management
from tests.factories import PASSWORD, make_user
from tests.second_factors import code_now, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    return make_user("olga", role=Role.OPERATOR)


def test_a_suspended_person_is_out_at_once_and_stays_out(visit, operator):
    ana = make_user("ana", is_editor=True)
    visit.sign_in()
    assert visit.is_in_the_admin()

    people.suspend(ana, by=operator, reason="Sold listings")

    assert not visit.is_in_the_admin()
    answer = visit.client.get(visit.give_password()["Location"])
    assert "This account is suspended" in words_of(answer)
    assert not visit.is_in_the_admin()


def test_who_is_suspended_between_password_and_code_does_not_come_in(visit, operator):
    ana = make_user("ana", is_editor=True)
    visit.give_password()
    people.suspend(ana, by=operator, reason="Sold listings")

    visit.give_code(code_now())

    assert not visit.is_in_the_admin()


def test_who_is_suspended_gets_no_link_for_a_new_password(client, operator):
    people.suspend(make_user("ana", email="ana@example.org"), by=operator, reason="Spam")

    client.post("/accounts/password/reset/", {"email": "ana@example.org"})

    assert mail.outbox == []


def test_who_is_let_back_in_comes_in_again(visit, operator):
    ana = make_user("ana", is_editor=True)
    people.suspend(ana, by=operator, reason="Sold listings")
    people.reinstate(ana, by=operator, reason="It was somebody else")

    visit.sign_in()

    assert visit.is_in_the_admin()
    assert [event.deed for event in ana.events.order_by("pk")] == [Deed.SUSPENDED, Deed.REINSTATED]


def test_a_new_role_ends_what_was_begun_in_the_old_one(visit, operator):
    ana = make_user("ana", is_editor=True)
    visit.sign_in()

    people.grant_role(ana, Role.CONTRIBUTOR, by=operator, reason="Asked for it")

    assert not visit.is_in_the_admin()
    event = AccountEvent.objects.get()
    assert (event.person, event.by, event.role) == (ana, operator, Role.CONTRIBUTOR)
    assert event.reason == "Asked for it"


def test_signing_somebody_out_everywhere_leaves_them_their_password(visit, operator):
    ana = make_user("ana")
    visit.give_password()

    people.end_sessions(ana, by=operator, reason="Lost a laptop")

    assert visit.client.get(FACTORS).status_code == 302
    assert visit.give_password().status_code == 302
    assert visit.client.get(FACTORS).status_code == 200


@pytest.mark.parametrize(
    "deed",
    [
        lambda person: people.suspend(person, by=person, reason="x"),
        lambda person: people.grant_role(person, Role.CURATOR, by=person, reason="x"),
    ],
    ids=["suspend", "another role"],
)
def test_the_last_operator_stays_one(operator, deed):
    people.suspend(make_user(role=Role.OPERATOR), by=operator, reason="Left")

    with pytest.raises(people.LastOperator):
        deed(operator)

    assert User.objects.with_role(Role.OPERATOR).get() == operator


def test_a_lost_device_is_taken_away_by_a_command_that_is_logged_and_told(
    visit, django_capture_on_commit_callbacks
):
    ana = make_user("ana", is_editor=True, email="ana@example.org")
    visit.sign_in()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("reset_second_factor", "ana", reason="Her phone fell into the sea")

    letter = mail.outbox[-1]
    assert letter.to == ["ana@example.org"]
    assert "Your second factor was taken away" in letter.subject
    assert "If you did not ask for this" in letter.body

    assert not Authenticator.objects.exists()
    assert ana.events.get().reason == "Her phone fell into the sea"
    assert not visit.is_in_the_admin()
    visit.give_password()
    assert visit.client.get("/admin/")["Location"] == FACTORS


@pytest.mark.parametrize(("name", "said"), [("bob", "no account"), ("eva", "no second factor")])
def test_the_command_says_why_it_cannot(name, said):
    make_user("eva")

    with pytest.raises(CommandError, match=said):
        call_command("reset_second_factor", name)


def test_an_operator_invites_somebody_who_chooses_a_password_and_comes_in(
    client, operator, visit, django_capture_on_commit_callbacks
):
    signed_in(client, operator)
    fields = {"username": "ben", "email": "ben@example.org", "role": "editor", "reason": "North"}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:accounts_user_add"), fields)

    letter = mail.outbox[-1]
    assert letter.to == ["ben@example.org"]
    assert "olga made you an account" in letter.body
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    client.post("/accounts/logout/")
    there = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    visit.give_password("ben")
    visit.set_up_an_app()
    assert visit.is_in_the_admin()
    assert User.objects.get(username="ben").events.get().deed == Deed.INVITED


def change(client, person: User, **fields):
    url = reverse("admin:accounts_user_change", args=[person.pk])
    plain = {"first_name": "", "last_name": "", "email": "", "reason": "r"} | management("events")
    return client.post(url, plain | fields)


def test_an_operator_gives_a_role_with_a_reason(client, operator):
    signed_in(client, operator)
    ana = make_user("ana")

    change(client, ana, role="curator", reason="Knows the vocabulary")

    ana.refresh_from_db()
    assert ana.role == Role.CURATOR
    assert ana.events.get().reason == "Knows the vocabulary"


def test_without_a_reason_nothing_is_done(client, operator):
    signed_in(client, operator)
    ana = make_user("ana")

    change(client, ana, role="curator", reason="")
    deed = reverse("admin:accounts_user_deed", args=[ana.pk, "suspend"])
    client.post(deed, {"reason": ""})

    ana.refresh_from_db()
    assert (ana.role, ana.is_active) == (Role.CONTRIBUTOR, True)
    assert not AccountEvent.objects.exists()


def test_the_last_operator_is_told_why_it_stays(client, operator):
    signed_in(client, operator)
    deed = reverse("admin:accounts_user_deed", args=[operator.pk, "suspend"])

    answer = client.post(deed, {"reason": "Tired"}, follow=True)

    assert "This is the last operator." in answer.content.decode()


def test_the_page_of_an_account_shows_what_was_done_to_it(client, operator):
    signed_in(client, operator)
    ana = make_user("ana")
    people.suspend(ana, by=operator, reason="Sold listings")

    page = client.get(reverse("admin:accounts_user_change", args=[ana.pk])).content.decode()

    assert "Sold listings" in page
    assert "Let back in" in page


def test_an_operator_puts_an_address_right(client, operator):
    ana = make_user("ana", email="anna@example.org")

    people.edit(ana, first_name="", last_name="", email="Ana@example.org", by=operator, reason="r")
    client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    client.post("/accounts/password/reset/", {"email": "ana@example.org"})

    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


SUSPENDED = {"is_active": False, "suspended_at": "2026-01-01T00:00Z", "suspended_reason": "Spam"}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"role": "king"}, id="unknown role"),
        pytest.param(SUSPENDED | {"suspended_reason": ""}, id="suspended for no reason"),
        pytest.param({"suspended_reason": "Spam"}, id="a reason and not suspended"),
        pytest.param(SUSPENDED | {"is_active": True}, id="suspended and active"),
        pytest.param({"is_active": False}, id="inactive and not suspended"),
        pytest.param({"email": "ANA@example.org"}, id="the address of somebody else"),
    ],
)
def test_the_database_refuses(fields):
    make_user("ana", email="ana@example.org")

    with pytest.raises(IntegrityError):
        make_user(**fields)


@pytest.mark.parametrize("fields", [{"deed": "sold"}, {"reason": ""}])
def test_the_database_refuses_an_event(fields):
    plain = {"person": make_user(), "deed": "edited", "role": "editor", "reason": "r"}

    with pytest.raises(IntegrityError):
        AccountEvent.objects.create(**plain | fields)

"""How long a sign-in holds, and how it ends."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.pages import ADMIN, FACTORS, Visit, words_of
from tests.factories import PASSWORD, make_organization, make_user
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def holds(client: Client) -> bool:
    return client.get(FACTORS).status_code == 200


@pytest.mark.parametrize(
    ("is_editor", "idle", "still"),
    [
        (True, 29 * MINUTE, True),
        (True, 31 * MINUTE, False),
        (False, 11 * HOUR, True),
        (False, 13 * HOUR, False),
    ],
)
def test_a_sign_in_that_is_not_used_ends(client, is_editor, idle, still):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        signed_in(client, make_user(is_editor=is_editor))

    with time_machine.travel(start + idle, tick=False):
        assert holds(client) == still


def test_what_was_typed_is_shown_where_the_sign_in_ended_before_it_was_sent(client):
    listing, start = make_organization("Example Bakery"), timezone.now()
    with time_machine.travel(start, tick=False):
        signed_in(client, make_user(is_editor=True))
    typed = {"summary": "Bread, <b>typed</b> slowly.", "csrfmiddlewaretoken": "x" * 64}
    typed["types"] = "worker-cooperative"

    with time_machine.travel(start + 31 * MINUTE, tick=False):
        answer = client.post(f"/admin/directory/organization/{listing.pk}/change/", typed)

    page = answer.content.decode()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (403, True)
    assert "Bread, &lt;b&gt;typed&lt;/b&gt; slowly." in page
    assert "x" * 64 not in page
    assert "worker-cooperative" not in page
    assert f"?next=/admin/directory/organization/{listing.pk}/change/" in page
    listing.refresh_from_db()
    assert listing.version == 2


@pytest.mark.parametrize("has_looked_around", [False, True])
def test_what_was_typed_is_shown_where_the_sign_in_was_ended_elsewhere(client, has_looked_around):
    make_user("ana", is_editor=True)
    listing, elsewhere = make_organization(), Visit(Client())
    Visit(client).sign_in()
    with time_machine.travel(timezone.now() + MINUTE, tick=False):  # A code of the app works once.
        elsewhere.sign_in()
        elsewhere.client.post(reverse("usersessions_list"))
    if has_looked_around:
        client.get("/")
        client.get("/admin/")

    answer = client.post(
        f"/admin/directory/organization/{listing.pk}/change/",
        {"summary": "Typed slowly, at length."},
    )

    assert answer.status_code == 403
    assert "Typed slowly, at length." in answer.content.decode()
    assert f"?next=/admin/directory/organization/{listing.pk}/change/" in answer.content.decode()


def test_what_an_enterprise_typed_is_shown_with_the_way_back_for_it(client):
    listing = make_organization("Example Bakery")

    manage = reverse("organization-manage-edit", args=[listing.slug])
    answer = client.post(manage, {"summary": "Typed slowly, at length."})

    assert answer.status_code == 403
    assert "Typed slowly, at length." in answer.content.decode()
    assert reverse("organization-claim", args=[listing.slug]) in answer.content.decode()


@pytest.mark.parametrize("site", ["", "/directory"])
def test_no_secret_that_was_typed_is_shown_wherever_the_site_lives(client, site):
    secret = {"oldpassword": PASSWORD, "key": "typed with spaces"}
    account = client.post(reverse("account_change_password"), secret, SCRIPT_NAME=site)
    staff = client.post("/admin/", {"Password1": PASSWORD, "note": "Typed slowly, at length."})

    assert account.status_code == 302
    assert "Typed slowly, at length." in staff.content.decode()
    assert PASSWORD not in staff.content.decode()


def test_a_form_that_needs_no_sign_in_is_taken_where_it_ended(client):
    listing, start = make_organization("Example Bakery"), timezone.now()
    with time_machine.travel(start, tick=False):
        signed_in(client, make_user(is_editor=True))

    with time_machine.travel(start + 31 * MINUTE, tick=False):
        answer = client.post(
            reverse("organization-report", args=[listing.slug]),
            {"note": "Typed slowly, at length."},
        )

    assert answer.status_code == 200
    assert "Typed slowly, at length." in answer.content.decode()


@pytest.mark.parametrize(
    ("is_editor", "pause", "lasts"),
    [(True, 25 * MINUTE, 12 * HOUR), (False, 11 * HOUR, 14 * DAY)],
)
def test_a_sign_in_ends_however_much_it_is_used(client, is_editor, pause, lasts):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        signed_in(client, make_user(is_editor=is_editor))
        passed = timedelta()
        while holds(client):
            passed += pause
            clock.move_to(start + passed)

    assert lasts < passed <= lasts + pause


def test_a_change_of_address_or_factor_asks_again_who_it_is_after_a_while(client):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        signed_in(client, make_user(is_editor=True))
        assert client.get(reverse("account_change_password")).status_code == 200

    with time_machine.travel(start + 6 * MINUTE, tick=False):
        new = {"action_add": "", "email": "new@example.org"}
        for name in ("account_email", "mfa_deactivate_totp", "mfa_generate_recovery_codes"):
            answer = client.post(reverse(name), new)
            assert "reauthenticate" in answer["Location"], name


def test_a_person_sees_their_sign_ins_and_ends_the_others(client):
    ana = make_user("ana")
    here, elsewhere = Visit(client), Visit(Client(headers={"user-agent": "Phone"}))
    for visit in (here, elsewhere):
        visit.give_password()
    sessions = reverse("usersessions_list")
    assert "Phone" in words_of(client.get(sessions))

    client.post(sessions)

    assert holds(client)
    assert not holds(elsewhere.client)
    assert ana.usersession_set.count() == 1


def test_a_new_password_ends_the_other_sign_ins(client):
    make_user("ana")
    here, elsewhere = Visit(client), Visit(Client())
    for visit in (here, elsewhere):
        visit.give_password()

    new = "five bicycles under a tree"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), fields)

    assert holds(client)
    assert not holds(elsewhere.client)


def test_signing_out_needs_a_button(client):
    signed_in(client, make_user(is_editor=True))

    assert "Sign out" in words_of(client.get(reverse("account_logout")))
    assert client.get(ADMIN).status_code == 200
    client.post(reverse("admin:logout"))

    assert client.get(ADMIN).status_code == 302


def test_visitors_have_no_session(client):
    client.get("/")

    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_in_production_no_other_host_can_set_our_cookies():
    asked = "SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE"
    code = (
        "from django.conf import settings as s;"
        f"print(*[getattr(s, name) for name in '{asked}'.split()])"
    )
    production = {
        "DJANGO_SETTINGS_MODULE": "solidarity.settings",
        "DEPLOYMENT": "production",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "ALLOWED_HOSTS": "directory.example.org",
    }
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=os.environ | production,
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True"]

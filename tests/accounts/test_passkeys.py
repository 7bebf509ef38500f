"""A passkey is offered where browsers take one: at a name, over a safe connection."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import User
from tests.accounts.pages import CODE, LOGIN, words_of
from tests.factories import make_user
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db

WHY = "no browser takes one here"
AT_LOCALHOST = "http://localhost:8000"
PLACES = [
    ("localhost:8000", False, True),
    ("127.0.0.1:8000", False, False),
    ("127.0.0.1:8000", True, False),
    ("[::1]:8000", True, False),
    ("directory.example.org", True, True),
    ("directory.example.org", False, False),
]


@pytest.mark.parametrize(("host", "is_secure", "works"), PLACES)
def test_the_sign_in_page_offers_a_passkey_where_it_works(client, settings, host, is_secure, works):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "directory.example.org"]

    page = client.get(LOGIN, headers={"host": host}, secure=is_secure).content.decode()

    assert ('id="passkey_login"' in page, "webauthn.js" in page) == (works, works)
    assert (WHY in page, f"opened at {host.rpartition(':')[0]}, an" in page) == (
        not works,
        not host.startswith(("localhost", "directory")),
    )


def test_whoever_came_by_digits_is_led_to_the_name(client):
    page = client.get(f"{LOGIN}?next=/admin/", headers={"host": "127.0.0.1:8000"})

    assert f'href="{AT_LOCALHOST}/accounts/login/?next=/admin/"' in page.content.decode()


@pytest.mark.parametrize("name", ["mfa_index", "mfa_add_webauthn", "mfa_list_webauthn"])
def test_pages_of_the_second_factor_say_why_none_is_offered(client, name):
    signed_in(client, make_user(is_editor=True))

    digits = words_of(client.get(reverse(name), headers={"host": "127.0.0.1:8000"}))
    named = words_of(client.get(reverse(name), headers={"host": "localhost:8000"}))

    assert (WHY in digits, WHY in named) == (True, False)


def add_passkey(person: User) -> None:
    """As a device registers one; its key is none, since nobody signs with it here."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = AttestedCredentialData.create(b"0" * 16, b"an id", key)
    made = AuthenticatorData.create(b"0" * 32, AuthenticatorData.FLAG.AT, 0, credential)
    response = {
        "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":""}'),
        "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
    }
    name = {"id": websafe_encode(b"an id"), "rawId": websafe_encode(b"an id"), "type": "public-key"}
    data = {"name": "Phone", "credential": name | {"response": response}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)


def test_a_passkey_is_asked_for_only_of_who_has_one(visit):
    person = make_user("ana", is_editor=True)
    visit.give_password()
    assert "With a passkey" not in words_of(visit.client.get(CODE))

    add_passkey(person)
    by_name = visit.client.get(CODE, headers={"host": "localhost"}).content.decode()
    by_digits = visit.client.get(CODE, headers={"host": "127.0.0.1"}).content.decode()

    assert ("Use a passkey" in by_name, "Use a passkey" in by_digits) == (True, False)
    assert "http://localhost/accounts/2fa/authenticate/" in by_digits


def test_it_is_no_way_to_show_again_who_one_is_where_it_does_not_work(client):
    person = make_user("ana", is_editor=True)
    add_passkey(person)
    signed_in(client, person)
    way = reverse("mfa_reauthenticate_webauthn")

    asked = reverse("account_reauthenticate")
    by_name = client.get(asked, headers={"host": "localhost"}).content.decode()
    by_digits = client.get(asked, headers={"host": "127.0.0.1"}).content.decode()

    assert (way in by_name, way in by_digits) == (True, False)

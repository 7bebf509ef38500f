"""The link with which somebody who was invited chooses a first password."""

from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from accounts.models import User


def link_for(person: User, site: str) -> str:
    """The link, under the site's address; it holds until a password is chosen, or for three days."""
    key = default_token_generator.make_token(person)
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return urljoin(site, address)


def send(person: User, link: str, *, inviter: User) -> None:
    """Write to the person, where there is an address, once the account is there for good."""
    if person.email:
        words = {
            "link": link,
            "inviter": inviter.get_full_name() or inviter.username,
            "username": person.username,
        }
        transaction.on_commit(
            lambda: get_adapter().send_mail("account/email/invitation", person.email, words)
        )

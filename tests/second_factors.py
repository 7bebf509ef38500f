"""Signing in without the pages for it, and an app that shows codes."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import encrypt
from django.test import Client

from accounts.models import User

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def add_second_factor(person: User) -> Authenticator:
    """Let the person's app show the codes of KEY."""
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(KEY)}
    )


def code_now(key: str = KEY, *, at: float | None = None) -> str:
    """The six digits that the app shows now, or showed then."""
    step = int((time.time() if at is None else at) // 30)
    return auth.format_hotp_value(auth.hotp_value(key, step))


def signed_in(client: Client, person: User) -> Client:
    """The person's browser, a moment after they signed in."""
    client.force_login(person)
    client.get("/healthz")  # The first request notes when the session began.
    return client

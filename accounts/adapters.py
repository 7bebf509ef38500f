"""How allauth behaves in this directory: who may sign up, what is said, how secrets are kept."""

import base64
import hashlib
import logging
import secrets
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.middleware import signed_in_just_now
from accounts.models import User
from accounts.passkeys import passkeys_work
from accounts.second_factor import is_last_factor

logger = logging.getLogger(__name__)

WRONG_NAME_OR_PASSWORD = _("This name and this password do not belong together.")


class OwnEmailStage(EmailVerificationStage):
    """Who signed up by themselves confirms their address first. An editor may have none at all."""

    def handle(self) -> tuple[Any, bool]:
        person = self.login.user
        if person and not person.email:
            return None, True
        return super().handle()


class AccountAdapter(DefaultAccountAdapter):
    """Signing up, in, and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is suspended."),
        "email_password_mismatch": WRONG_NAME_OR_PASSWORD,
        "username_password_mismatch": WRONG_NAME_OR_PASSWORD,
        "invalid_login": WRONG_NAME_OR_PASSWORD,
        "duplicate_email": _("You have this address already."),
        "email_taken": _("Another account has this e-mail address."),
        "enter_current_password": _("Type the password that you have now."),
        "incorrect_code": _("This code is not right. A code of the app holds for 30 seconds."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link was used already, or is too old."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "same_as_current": _("Write another one than you have now."),
        "rate_limited": _("Too many tries. Wait a little, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.ACCOUNTS_SIGNUP

    def get_login_stages(self) -> list[str]:
        theirs = "allauth.account.stages.EmailVerificationStage"
        ours = "accounts.adapters.OwnEmailStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not of somebody who signed in just now: they showed that it is they."""
        return super().is_reauthentication_required(app=app, **options) and not signed_in_just_now(
            context.request
        )

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """A passkey is no way where no browser takes one, unless it is the only one."""
        methods = super().get_reauthentication_methods(user)
        if passkeys_work(context.request):
            return methods
        return [m for m in methods if m["id"] != "mfa_reauthenticate:webauthn"] or methods

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else reverse("account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, words: dict[str, Any]) -> None:
        """Mail that cannot be sent must not tell a stranger who has an account here."""
        site = {"site_name": settings.SITE_NAME, "site_email": settings.SITE_EMAIL}
        letter = self.render_mail(template_prefix, email, {"email": email} | site | words)
        try:
            letter.send()
        except (OSError, smtplib.SMTPException):
            logger.exception("mail %s was not sent", template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes from an app, passkeys, recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Add another one before you take this one away."
        ),
    }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def build_totp_svg(self, url: str) -> str:
        """The page draws it with our own tag: the policy for content allows no data addresses."""
        return ""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (authenticator.user.is_staff and is_last_factor(authenticator))

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody a second factor."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # The secret key changed without SECRET_KEY_FALLBACKS. No code may be right any more:
            # what stands here must be nothing that anybody can guess.
            logger.error("a second factor was kept under another SECRET_KEY")
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> MultiFernet:
    """Encrypts under the secret key, and reads what earlier ones encrypted."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"accounts.second-factor:" + key.encode()).digest() for key in keys]
    return MultiFernet(Fernet(base64.urlsafe_b64encode(digest)) for digest in digests)

"""The forms of the sign-in pages, in our own words."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("User name or e-mail address"),
    "username": _("User name"),
    "password": _("Password"),
    "oldpassword": _("Your password until now"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "email": _("E-mail address"),
    "code": _("Code"),
    "name": _("Name of this device"),
    "passwordless": _("Let it sign me in without a password"),
}
HINTS = {
    "password": "",
    "oldpassword": "",
    "passwordless": _("The device then asks for your finger, your face or its PIN."),
}


class PlainWords:
    """Labels instead of placeholders, which vanish as soon as somebody types."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class SignInForm(PlainWords, account.LoginForm):
    pass


class SignUpForm(PlainWords, account.SignupForm):
    pass


class AddEmailForm(PlainWords, account.AddEmailForm):
    pass


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    pass


class FewCodes(PlainWords):
    """Six digits are soon guessed: fewer tries than for a password, and counted by person."""

    def clean_code(self) -> str:
        key = f"second-factor-{self.user.pk}"
        if not ratelimit.consume(context.request, action="second_factor", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        ratelimit.clear(context.request, action="second_factor", key=key)
        return code


class SecondFactorForm(FewCodes, mfa.AuthenticateForm):
    pass


class SecondFactorAgainForm(FewCodes, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(PlainWords, totp.ActivateTOTPForm):
    pass


class AddPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    pass


class NamePasskeyForm(PlainWords, webauthn.EditWebAuthnForm):
    pass

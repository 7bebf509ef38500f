"""The forms that change accounts. What they say is written by accounts.people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Kept with the account; operators can read it."),
    )


class PersonForm(forms.ModelForm):
    """Name, e-mail and role of an account."""

    reason = forms.CharField(
        label=_("Why this change"),
        max_length=300,
        help_text=_("Kept with the account; operators can read it."),
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "role"]


class InvitationForm(forms.ModelForm):
    """A new account; its person chooses the password."""

    reason = forms.CharField(
        label=_("Why this person"),
        max_length=300,
        help_text=_("Kept with the account; operators can read it."),
    )

    class Meta:
        model = User
        fields = ["username", "email", "role"]

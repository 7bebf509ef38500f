"""What every form without an account asks of whoever fills it in, and what keeps programs out."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.actions.proposals import Sender
from directory.models import Relation
from directory.web.plain_fields import PlainText
from directory.web.stamps import age_of, is_too_quick, new_stamp


class SenderForm(forms.Form):
    """How the sender knows it, where it can be checked, where to write to. Never a puzzle."""

    use_required_attribute = False

    relation = forms.ChoiceField(
        label=gettext_lazy("How do you know it?"),
        choices=Relation.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how you know it.")},
    )
    evidence = PlainText(
        label=gettext_lazy("Where can we check this?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("A web page, a newspaper, the bylaws."),
    )
    note = PlainText(
        label=gettext_lazy("Anything else an editor should know"),
        lines=3,
        max_length=2000,
        required=False,
    )
    sender_email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy(
            "To tell you what became of it. Never shown, and deleted once we have told you."
        ),
        error_messages={"invalid": gettext_lazy("Write an e-mail address, like name@example.org.")},
    )
    # People leave it empty: it is out of sight, and says so to those who hear the page.
    fax = forms.CharField(label=gettext_lazy("Leave this empty"), required=False, max_length=100)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, auto_id="%s", **options)
        self.fields["stamp"].initial = new_stamp
        self.fields["fax"].widget.attrs = {"autocomplete": "off", "tabindex": "-1"}

    def clean_fax(self) -> str:
        if self.cleaned_data["fax"]:
            raise forms.ValidationError(_("Leave this field empty: it is a trap for programs."))
        return ""

    def clean_stamp(self) -> str:
        stamp = self.cleaned_data["stamp"]
        if is_too_quick(stamp):
            raise forms.ValidationError(
                _("That was quicker than people type. Wait a few seconds, then send it again.")
            )
        return stamp

    @property
    def stamp_shown(self) -> str:
        """The stamp that goes into the page: the one that came, if it is ours."""
        came = self.data.get("stamp", "") if self.is_bound else ""
        return came if age_of(came) is not None else new_stamp()

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each fault with the id of its field, in the order of the page; "" for none.

        Whoever was too quick is told so only where nothing else is wrong: to put that right takes
        long enough.
        """
        found = self.faults_by_field()
        if any(name != "stamp" for _form, name, _message in found):
            found = [fault for fault in found if fault[1] != "stamp"]
        return [
            (form[name].auto_id if name in form.fields and name != "stamp" else "", message)
            for form, name, message in found
        ]

    def faults_by_field(self) -> list[tuple[forms.Form, str, str]]:
        """Each fault with its form and the name of its field, in the order of the page."""
        return [
            (self, name, message) for name, messages in self.errors.items() for message in messages
        ]

    def sender(self) -> Sender:
        cleaned = self.cleaned_data
        return Sender(
            language=(get_language() or "en").split("-")[0],
            relation=cleaned["relation"],
            evidence=cleaned["evidence"],
            note=cleaned["note"],
            email=cleaned["sender_email"],
        )

"""Forms of those who speak for an enterprise: ask to, change its listing, take it out."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.actions import speaking
from directory.actions.proposals import Sender
from directory.models import Organization, Relation
from directory.web.change_form import ChangeForm
from directory.web.plain_fields import PlainText
from directory.web.sender_form import SenderForm


class AskForm(SenderForm):
    """Ask to speak for a listed enterprise."""

    relation = evidence = note = sender_email = None

    name = PlainText(
        label=gettext_lazy("Your name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give your name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Best one at the organization's own website. Never shown."),
        error_messages={
            "required": gettext_lazy("Give your e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address, like name@example.org."),
        },
    )
    statement = PlainText(
        label=gettext_lazy("How you belong to it"),
        lines=3,
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "For the editors. Not needed with an address at the organization's own website, or "
            "with a code."
        ),
    )
    code = PlainText(
        label=gettext_lazy("Code"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("If an editor gave you one."),
    )

    def __init__(self, *arguments: Any, organization: Organization, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.organization = organization

    def clean(self) -> dict[str, Any]:
        """Who writes from its website need not say more; an address that is kept is not told.

        Before the address is known nobody can say whether more is needed.
        """
        cleaned = super().clean()
        if {"email", "statement", "code"} & {*self.errors}:
            return cleaned
        is_told = cleaned["statement"] or cleaned["code"]
        if not is_told and not speaking.is_at_its_site(self.organization, cleaned["email"]):
            self.add_error("statement", _("Say how you belong to it, or type the code."))
        return cleaned


class OwnForm(ChangeForm):
    """The listing's form for the enterprise itself: it says what is shown of how to reach it."""

    relation = evidence = sender_email = None

    email_is_public = forms.BooleanField(
        label=gettext_lazy("Show the e-mail address"), required=False
    )
    phone_is_public = forms.BooleanField(
        label=gettext_lazy("Show the telephone number"), required=False
    )

    page_order = f"{ChangeForm.page_order} email_is_public phone_is_public"

    def __init__(self, data: Any, base: dict[str, Any]) -> None:
        super().__init__(data, base)
        self.fields["email"].label = _("E-mail")
        self.fields["phone"].label = _("Telephone")
        self.fields["note"].label = _("Why you change it")

    def _initial(self) -> dict[str, Any]:
        own = ("email", "phone", "email_is_public", "phone_is_public")
        return super()._initial() | {name: self.base.get(name) for name in own}

    def read_document(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        chosen = {name: cleaned[name] for name in ("email_is_public", "phone_is_public")}
        return super().read_document(cleaned) | chosen

    def sender(self) -> Sender:
        language = (get_language() or "en").split("-")[0]
        return Sender(language=language, relation=Relation.MEMBER, note=self.cleaned_data["note"])


class WithdrawForm(forms.Form):
    """Take the listing out; nobody has to say why."""

    use_required_attribute = False

    reason = PlainText(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("You need not say. Only the editors read it."),
    )
    is_for_good = forms.BooleanField(
        label=gettext_lazy("Never list us again, whoever proposes it"), required=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, auto_id="%s", **options)

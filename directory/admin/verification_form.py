"""The forms that record a check and take one back."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Fact, VerificationLevel


class VerificationForm(forms.Form):
    """Who looked at what, on which day."""

    level = forms.TypedChoiceField(
        label=_("How"),
        coerce=lambda value: VerificationLevel(int(value)),
        choices=[choice for choice in VerificationLevel.choices if choice[0]],
    )
    on = forms.DateField(
        label=_("On"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"})
    )
    facts = forms.TypedMultipleChoiceField(
        label=_("What was found right"),
        coerce=Fact,
        choices=Fact.choices,
        initial=[Fact.EXISTS.value],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    peer_name = forms.CharField(label=_("Name of the peer"), max_length=200, required=False)
    evidence_title = forms.CharField(
        label=_("What was seen"), max_length=100, required=False, help_text=_("Bylaws, register …")
    )
    evidence_url = forms.URLField(
        label=_("Where it can be seen"), max_length=500, required=False, assume_scheme="https"
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A check cannot lie in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_peer = cleaned.get("level") == VerificationLevel.PEER_VOUCHED
        if is_peer and not cleaned.get("peer_name"):
            self.add_error("peer_name", _("Name the peer who vouches."))
        is_paper = cleaned.get("level") == VerificationLevel.DOCUMENTED
        if is_paper and not cleaned.get("evidence_title"):
            self.add_error("evidence_title", _("Say which paper was seen."))
        is_editor = cleaned.get("level") == VerificationLevel.EDITOR_CHECKED
        if is_editor and not (cleaned.get("evidence_url") or cleaned.get("note")):
            self.add_error(
                "evidence_url", _("Say what it was checked against, here or in the note.")
            )
        return cleaned


class VoidForm(forms.Form):
    """Why a check is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=300,
        help_text=_("Everyone can read it in the listing's history."),
    )

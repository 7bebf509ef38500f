"""Report a listing: what is wrong, in one of six ways."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import ReportReason
from directory.web.sender_form import SenderForm

# Reasons that say all that there is to say.
PLAIN_REASONS = (ReportReason.CLOSED, ReportReason.REMOVE_ME)


class ReportForm(SenderForm):
    """The reason, and a note that most reasons need."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    field_order = ["reason", "note", "evidence", "sender_email"]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["note"].label = _("Tell us more")
        self.fields["note"].help_text = _(
            "Where it is now, which other listing it is, what is wrong, or how you know."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        reason = cleaned.get("reason")
        if reason and reason not in PLAIN_REASONS and not cleaned.get("note"):
            self.add_error("note", _("Tell us more, so that an editor can find it."))
        return cleaned

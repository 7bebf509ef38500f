"""The rows of a listing's parts in its form: taken by their place, not by their number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PartFormSet(forms.BaseInlineFormSet):
    """Parts of a listing; a row that is gone by now is a part like any other.

    Another editor may have taken out or changed a part while the form was open, and with it
    its row. What was typed still stands: a document is written from it, not rows.
    """

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        number = form.instance.pk
        form.fields["id"] = forms.IntegerField(
            required=False, initial=number, widget=forms.HiddenInput
        )

    def _construct_form(self, i: int, **options: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **options)
        form.fields["id"].required = False
        return form

    def _existing_object(self, pk: int) -> Any:
        return next((row for row in super().get_queryset() if row.pk == pk), None)

    def get_queryset(self) -> Any:
        """The rows, one for each form that was opened with one, as the admin pairs them.

        In the place of a row that is gone stands what the admin writes above its form.
        """
        if not self.is_bound:
            return super().get_queryset()
        gone = _("Changed or taken out by somebody else")
        return [form.instance if form.instance.pk else gone for form in self.initial_forms]

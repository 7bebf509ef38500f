"""Form fields that take what people type as it is: forgiving of blanks, strict about signs."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.documents.characters import forbidden_character, tidy


class PlainText(forms.CharField):
    """A text without blanks around it and without characters that cannot be stored."""

    def __init__(self, *, lines: int = 1, **options: Any) -> None:
        self.several_lines = lines > 1
        if self.several_lines:
            options.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        told = {"max_length": too_long(options["label"])} | options.pop("error_messages", {})
        super().__init__(error_messages=told, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A browser would cut a long text where it is pasted, in silence; here it is told."""
        attributes = super().widget_attrs(widget)
        if isinstance(widget, forms.Textarea):
            attributes.pop("maxlength", None)
        return attributes

    def to_python(self, value: Any) -> str:
        text = tidy(super().to_python(value), several_lines=self.several_lines)
        if not self.several_lines:
            text = " ".join(text.split())
        if bad := forbidden_character(text, several_lines=self.several_lines):
            raise forms.ValidationError(
                _("The character U+%(code)04X cannot be stored here.") % {"code": ord(bad)}
            )
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A browser ends lines in its own way; that is no change."""
        several = self.several_lines
        return tidy(initial or "", several_lines=several) != tidy(
            str(data or ""), several_lines=several
        )


def too_long(label: str | Promise) -> Promise:
    """What is said of too long a text: of which field, how long it is, how long it may be."""
    words = gettext_lazy("write at most %(limit_value)d characters; this has %(show_value)d.")
    return format_lazy("{label}: {words}", label=label, words=words)


def without_faults(form: forms.Form) -> dict[str, Any]:
    """The cleaned values of a form; where a field has a fault, what it held before, or nothing."""
    return {
        name: form.cleaned_data.get(name, form.get_initial_for_field(field, name) or "")
        for name, field in form.fields.items()
    }


class Lines(PlainText):
    """A list of texts, one a line; its initial value is a list too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lines=3, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial or []), data)

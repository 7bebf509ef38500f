"""Form fields for those parts of a document that are lists and objects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models.governance import GovernanceAttribute, governance_attributes


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": 60}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class LinksField(LinesField):
    """Web addresses, one a line, each with an optional title after a blank."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{link['url']} {link.get('title', '')}".strip() for link in value)

    def to_python(self, value: Any) -> list[dict[str, str]]:
        parts = [line.split(maxsplit=1) for line in super().to_python(value)]
        return [{"url": part[0], "title": part[1] if len(part) > 1 else ""} for part in parts]


def governance_field(attribute: GovernanceAttribute) -> forms.Field:
    """The form field that asks one question of ownership and governance."""
    choices = [(code, attribute.choice_label(code)) for code in attribute.choices]
    if attribute.kind == "multi":
        return forms.MultipleChoiceField(
            label=attribute.label,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    if attribute.kind == "single":
        return forms.ChoiceField(
            label=attribute.label, choices=[("", _("Not asked yet")), *choices], required=False
        )
    whole = attribute.kind == "integer"
    kind = forms.IntegerField if whole else forms.FloatField
    return kind(label=attribute.label, required=False, min_value=0)


def governance_fields() -> dict[str, forms.Field]:
    """All questions as form fields, by the name `governance_<code>`."""
    return {
        f"governance_{attribute.code}": governance_field(attribute)
        for attribute in governance_attributes().values()
    }

"""The form of a listing: a view of its document. What it accepts, the document's validator says."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from directory.admin.organization_fields import LinesField, LinksField, governance_fields
from directory.admin.refusals import show_refusal
from directory.documents import InvalidDocument, Problem, validate
from directory.documents.characters import tidy
from directory.models import Organization
from directory.models.governance import governance_attributes

PLAIN_FIELDS = (
    "name slug legal_name language summary description lifecycle founded closed website email "
    "email_is_public phone phone_is_public members_count workers_count"
).split()
TEXTS = ("name", "summary", "description")
WIDE_FIELDS = ("name", "slug", "legal_name", "summary", "website", "email", "reason")
# The inlines, by the document's name for their part.
PARTS = {
    "locations": "locations",
    "service_areas": "service_areas",
    "claims": "claims",
    "identifiers": "identifiers",
    "source_records": "sources",
}


# What a formset adds to each of its forms.
FORMSET_FIELDS = {"id", "organization", "DELETE"}


class OrganizationForm(forms.ModelForm):
    """Reads a listing's fields and, through `part_formsets`, its parts into one document."""

    reason = forms.CharField(
        label=_("Why this change"),
        max_length=300,
        required=False,
        help_text=_("Everyone can read it in the listing's history."),
    )
    slug = forms.SlugField(
        label=_("Address word"),
        max_length=100,
        required=False,
        help_text=_("Leave empty to make one from the name."),
    )
    # The validator reads these more kindly than Django: "example.org" is an address.
    website = forms.CharField(label=_("Website"), max_length=500, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    other_names = LinesField(label=_("Other names"), help_text=_("One a line."))
    further_languages = LinesField(
        label=_("Languages spoken there"), help_text=_("Codes such as es or pt-BR, one a line.")
    )
    links = LinksField(
        label=_("Other links"), help_text=_("One a line: the address, a blank, its title.")
    )

    # The version the editor started from; two editors are told of each other by it.
    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    document: dict[str, Any]

    class Meta:
        model = Organization
        fields = [*PLAIN_FIELDS, "other_names", "further_languages", "links"]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.initial["opened_version"] = self.instance.version
        self._add_governance()
        self._add_translations()
        for name in WIDE_FIELDS:
            self.fields[name].widget.attrs["class"] = "vTextField"

    def _add_governance(self) -> None:
        for name, field in governance_fields().items():
            self.fields[name] = field
            self.initial[name] = self.instance.governance.get(name.removeprefix("governance_"))

    def _add_translations(self) -> None:
        for code, language in settings.LANGUAGES:
            known = self.instance.translations.get(code, {})
            for text in TEXTS:
                field = forms.CharField(
                    label=f"{language}: {Organization._meta.get_field(text).verbose_name}",
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3, "cols": 80})
                    if text == "description"
                    else forms.TextInput(attrs={"class": "vTextField"}),
                )
                self.fields[f"translation_{code}_{text}"] = field
                self.initial[f"translation_{code}_{text}"] = known.get(text, "")

    @property
    def part_formsets(self) -> list[forms.BaseInlineFormSet]:
        """The formsets of the parts; the admin hangs them on the row it is asked to change.

        So it does with `refusal`, what an action answered to this same form.
        """
        return getattr(self.instance, "part_formsets", [])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or not all(formset.is_valid() for formset in self.part_formsets):
            return cleaned
        try:
            self.document = validate(self.read_document(cleaned))
        except InvalidDocument as error:
            for problem in error.problems:
                self._show(problem)
        if refusal := getattr(self.instance, "refusal", None):
            show_refusal(self, refusal)
        return cleaned

    def _post_clean(self) -> None:
        """Nothing is put into the row here: an action does that, from the document."""

    def read_document(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The document that the filled-in form describes, not yet validated."""
        document = {name: cleaned[name] for name in self.Meta.fields}
        document["governance"] = {
            code: answer
            for code in governance_attributes()
            if (answer := cleaned.get(f"governance_{code}")) not in ("", None, [])
        }
        document["translations"] = self._read_translations(cleaned)
        for formset in self.part_formsets:
            document[PARTS[formset.prefix]] = [_part(form) for form in _kept_forms(formset)]
        return document

    def _read_translations(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        translations = {}
        for code, _language in settings.LANGUAGES:
            texts = {text: cleaned[f"translation_{code}_{text}"] for text in TEXTS}
            if any(texts.values()):
                known = self.instance.translations.get(code, {})
                is_machine_made = known.get("is_machine_made", False) and _same(texts, known)
                translations[code] = texts | {"is_machine_made": is_machine_made}
        return translations

    def _show(self, problem: Problem) -> None:
        """Put a problem of the document beside the field it is about."""
        form, name = self._find(problem.pointer.strip("/").split("/"))
        form.add_error(name if name in form.fields else None, problem.detail)

    def _find(self, steps: list[str]) -> tuple[forms.BaseForm, str]:
        for formset in self.part_formsets:
            if PARTS[formset.prefix] == steps[0] and len(steps) > 1:
                name = steps[2] if len(steps) > 2 else ""
                if steps[0] == "claims" and name in {"scheme", "code"}:
                    name = "term"
                return _kept_forms(formset)[int(steps[1])], name
        if steps[0] == "governance" and len(steps) > 1:
            return self, f"governance_{steps[1]}"
        if steps[0] == "translations" and len(steps) > 2:
            return self, f"translation_{steps[1]}_{steps[2]}"
        return self, steps[0]


def _same(texts: dict[str, str], known: dict[str, Any]) -> bool:
    """Whether nobody touched the texts; a browser only ends their lines in its own way."""
    return all(tidy(t, several_lines=True) == known.get(name, "") for name, t in texts.items())


def _kept_forms(formset: forms.BaseInlineFormSet) -> list[forms.ModelForm]:
    """The formset's filled-in forms that are not marked to be deleted, in order."""
    return [
        form
        for i, form in enumerate(formset.forms)
        if form.cleaned_data
        and not form.cleaned_data.get("DELETE")
        and (i < formset.initial_form_count() or form.has_changed())
    ]


def _part(form: forms.ModelForm) -> dict[str, Any]:
    """One part of the document from one inline form."""
    values = {
        name: value for name, value in form.cleaned_data.items() if name not in FORMSET_FIELDS
    }
    part = {}
    for name, value in values.items():
        if name == "term":
            part |= {"scheme": value.scheme, "code": value.code}
        elif name == "place":
            part["place"] = value.path if value else ""
        elif name == "source":
            part["source"] = value.code if value else ""
        elif hasattr(value, "isoformat"):
            part[name] = value.isoformat()
        else:
            part[name] = value
    return part

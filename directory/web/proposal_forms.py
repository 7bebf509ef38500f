"""The forms that add an enterprise and suggest a change: both are views of a document."""

from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.documents import InvalidDocument, Problem, validate
from directory.models import AreaKind, Precision, Scheme
from directory.web.areas_field import AreasField
from directory.web.place_form import PlaceForm, country_choices
from directory.web.plain_fields import PlainText, without_faults
from directory.web.sender_form import SenderForm
from directory.web.term_choices import TermFamily, term_codes, term_families

ONLINE = "online"
# Fields of the form that are called otherwise in a document.
SCHEMES = {"types": Scheme.TYPE, "values": Scheme.VALUE, "sectors": Scheme.SECTOR}
CONTACT = ("website", "phone", "email")
# Fields that say where it is: one that is wrong explains what the document finds wrong of others.
WHERE = {"shown", "town", "country", "place"}
NATIONAL_DIGITS = range(5, 16)  # Of a telephone number as it is dialled in its own country.


class ListingForm(SenderForm):
    """What a visitor knows of an enterprise. `place_forms` are cleaned with it."""

    name = PlainText(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("As it writes it itself."),
        error_messages={"required": gettext_lazy("Give the name of the organization.")},
    )
    summary = PlainText(
        label=gettext_lazy("What it does, in a sentence or two"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Up to 300 letters. Plain words, no advertising."),
        error_messages={"required": gettext_lazy("Say in a sentence what it does.")},
    )
    description = PlainText(
        label=gettext_lazy("More about it"), lines=5, max_length=20_000, required=False
    )
    types = forms.MultipleChoiceField(label=gettext_lazy("Type"), required=False)
    values = forms.MultipleChoiceField(label=gettext_lazy("What it stands for"), required=False)
    sectors = forms.MultipleChoiceField(label=gettext_lazy("What it works in"), required=False)
    areas = AreasField(
        label=gettext_lazy("Which places does it serve?"),
        required=False,
        help_text=gettext_lazy("Towns, regions or countries by name, one a line."),
    )
    website = PlainText(
        label=gettext_lazy("Website"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    phone = PlainText(
        label=gettext_lazy("Telephone, to be shown"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = PlainText(
        label=gettext_lazy("E-mail, to be shown"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )

    document: dict[str, Any]
    place_forms: list[PlaceForm]
    page_order: str  # Names of fields from the top of the page down, "places" among them.

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, scheme in SCHEMES.items():
            self.fields[name].choices = term_codes(scheme)

    def clean(self) -> dict[str, Any]:
        """Besides the fields, the places and the document that all of it makes.

        All faults are told at once: where a field is wrong, the document is read without it.
        """
        cleaned = super().clean()
        for form in self.place_forms:
            form.is_valid()
        self.check_places()
        try:
            document = validate(self.read_document(without_faults(self)))
        except InvalidDocument as error:
            wrong = {form: {*form.errors} for form in (self, *self.place_forms)}
            for problem in error.problems:
                self._tell(problem, wrong)
        else:
            self.document = document
        return cleaned

    def check_places(self) -> None:
        """Tell what is missing of the places, at their fields."""
        raise NotImplementedError

    def read_document(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The document that the filled-in form describes, not yet validated."""
        raise NotImplementedError

    def _tell(self, problem: Problem, wrong: dict[forms.Form, set[str]]) -> None:
        """Put a fault of the document at its field, unless a fault of a field explains it."""
        form, name = self.field_at(problem.pointer)
        alike = WHERE if name in WHERE else {name}
        if not alike & (wrong[form] | wrong[self]):
            form.add_error(name, problem.detail)

    def field_at(self, pointer: str) -> tuple[forms.Form, str | None]:
        """The form and field that a place of the document was read from."""
        name = pointer.strip("/").split("/")[0]
        name = {"service_areas": "areas", "claims": "types"}.get(name, name)
        return self, name if name in self.fields else None

    def is_valid(self) -> bool:
        """Whether the form and its places are; a document's fault may stand in either."""
        return super().is_valid() and not any(form.errors for form in self.place_forms)

    def faults_by_field(self) -> list[tuple[forms.Form, str, str]]:
        """Those of the places too."""
        found = [
            (form, name, message)
            for form in [self, *self.place_forms]
            for name, messages in form.errors.items()
            for message in messages
        ]
        names = self.page_order.split()

        def place(fault: tuple[forms.Form, str, str]) -> int:
            name = fault[1] if fault[0] is self else "places"
            return names.index(name) if name in names else len(names)

        return sorted(found, key=place)

    @property
    def families(self) -> dict[str, list[TermFamily]]:
        """Terms to tick by field."""
        return {
            name: term_families(scheme, {*(self[name].value() or [])})
            for name, scheme in SCHEMES.items()
        }


class NewForm(ListingForm):
    """Add an enterprise: six things are needed."""

    shown = forms.ChoiceField(
        label=gettext_lazy("What may we show of where it is?"),
        choices=[
            (Precision.EXACT.value, gettext_lazy("The street address")),
            (Precision.TOWN.value, gettext_lazy("Only the town")),
            (Precision.HIDDEN.value, gettext_lazy("Nothing: it keeps its place to itself")),
            (ONLINE, gettext_lazy("It has no place: it works online")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "If people could be harmed by a shown address, choose the town or nothing."
        ),
        error_messages={"required": gettext_lazy("Choose what we may show.")},
    )
    page_order = (
        "name summary types shown places areas website phone email description values sectors "
        "relation evidence note sender_email"
    )
    unsure = forms.BooleanField(label=gettext_lazy("I am not sure"), required=False)
    none_of_these = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["relation"].required = True
        self.place_forms = [PlaceForm(*arguments, prefix="at", countries=country_choices())]

    @classmethod
    def as_typed(cls, data: Any) -> "NewForm":
        """The form with what was typed so far, before anything is found wrong with it."""
        form = cls(None)
        for each in (form, form.place):
            each.initial = {
                name: field.widget.value_from_datadict(data, {}, each.add_prefix(name))
                for name, field in each.fields.items()
            }
        return form

    @property
    def place(self) -> PlaceForm:
        return self.place_forms[0]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not (cleaned.get("types") or cleaned.get("unsure") or "types" in self.errors):
            self.add_error("types", _("Choose at least one type, or “I am not sure”."))
        return super().clean()

    def check_places(self) -> None:
        if self.cleaned_data.get("shown") != ONLINE:
            self.place.need_town()

    def read_document(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        is_online = cleaned["shown"] == ONLINE
        document = {name: cleaned[name] for name in ("name", "summary", "description", *CONTACT)}
        # The form says that they are to be shown.
        document |= {f"{name}_is_public": bool(cleaned[name]) for name in ("email", "phone")}
        document["language"] = (get_language() or "en").split("-")[0]
        document["claims"] = claims_for(cleaned)
        document["service_areas"] = cleaned["areas"]
        document["locations"] = []
        if is_online:
            document["service_areas"] = [*cleaned["areas"], {"kind": AreaKind.ONLINE.value}]
        else:
            document["locations"] = [self._location(cleaned["shown"])]
            document["phone"] = self._phone(cleaned["phone"], document["locations"][0]["country"])
        return document

    def _phone(self, phone: str, country: str) -> str:
        """The number; none yet where nobody can say, before the town is known, if it is right."""
        is_national = sum(map(str.isdigit, phone)) in NATIONAL_DIGITS and phone[0] != "+"
        return "" if is_national and not country else with_country_code(phone, country)

    def _location(self, shown: str) -> dict[str, Any]:
        """The place as a document's location; until it is chosen what to show, only the town."""
        given = without_faults(self.place)
        return self.place.address() | {
            "precision": shown or Precision.TOWN.value,
            "opening_hours": given["opening_hours"],
            "wheelchair": given["wheelchair"],
        }

    def field_at(self, pointer: str) -> tuple[forms.Form, str | None]:
        steps = pointer.strip("/").split("/")
        if steps[0] == "locations":
            name = steps[2] if len(steps) > 2 else "town"
            return self.place, name if name in self.place.fields else "town"
        return super().field_at(pointer)


def claims_for(cleaned: dict[str, Any]) -> list[dict[str, Any]]:
    """Claims of a document for the terms that were ticked."""
    return [
        {"scheme": scheme.value, "code": code}
        for name, scheme in SCHEMES.items()
        for code in cleaned[name]
    ]


def with_country_code(phone: str, country: str) -> str:
    """The number as a document holds it, if it can be read as one of the country."""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_possible_number(number):
        return phone
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{written};ext={number.extension}" if number.extension else written

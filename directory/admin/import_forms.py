"""Forms of imports: the file, and what its columns say."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions.import_stops import why_not_isolated, why_not_licensed
from directory.exchange import outbound
from directory.exchange.imports import table_in
from directory.exchange.mappings import Mapping, Rule
from directory.exchange.mappings.constants import several, why_not
from directory.exchange.mappings.targets import TARGETS
from directory.exchange.tables import NoTableThere, UnreadableFile
from directory.models import Source
from directory.models.governance import governance_attributes

IGNORED = "ignore"
TAB = "Tab"
NEEDS_SCHEME = ("identifier", "governance")
ORDERS = [
    ("dmy", gettext_lazy("Day, month, year")),
    ("mdy", gettext_lazy("Month, day, year")),
    ("ymd", gettext_lazy("Year, month, day")),
]
# What may be said for all rows at once.
CONSTANTS = {
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language of its texts"),
    "type": gettext_lazy("Type"),
    "sector": gettext_lazy("Sector"),
}
HINTS = {
    "language": gettext_lazy(
        "Of names, summaries and descriptions. In a guessed mapping this is a guess too, from the "
        "names of the columns: put it right. Empty: the directory's own language."
    ),
}
ISOLATED = gettext_lazy("Show its facts with credit, and keep them out of exports and dumps")


class Isolating:
    """Mixed into forms with a source and the wish to keep its facts out of exports."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        source, is_isolated = given.get("source"), given.get("is_isolated")
        if source and is_isolated and (told := why_not_isolated(source)):
            self.add_error("is_isolated", told)
        if source and not is_isolated and not source.is_reusable and self.needs_licence(given):
            self.add_error("is_isolated", why_not_licensed(source))
        return given

    def needs_licence(self, given: dict[str, Any]) -> bool:
        """Whether something is brought in by it."""
        return True


class FileForm(Isolating, forms.Form):
    """A file, and whose it is."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"),
        queryset=Source.objects.order_by("name", "pk"),
        help_text=gettext_lazy("Whose file it is. A new one is added under Sources first."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, TSV, XLSX, JSON, NDJSON, GeoJSON or YAML."),
    )
    is_publishing = forms.BooleanField(
        label=gettext_lazy("Put what is complete on the site at once"), required=False
    )
    is_isolated = forms.BooleanField(
        label=ISOLATED,
        required=False,
        help_text=gettext_lazy(
            "Needed where the licence of the source does not fit the directory's own."
        ),
    )

    is_part = forms.BooleanField(
        label=gettext_lazy("The file is a part of what the source has"),
        required=False,
        help_text=gettext_lazy(
            "For a large file that was cut in several: nothing counts as vanished that another "
            "part may have."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_BYTES_MAX:
            raise forms.ValidationError(
                _(
                    "The file has %(size).1f MB; at most %(most)d MB can be read. Cut it in "
                    "several, and say of each that it is a part of what the source has."
                )
                % {"size": file.size / 1e6, "most": settings.IMPORT_BYTES_MAX // 1_000_000}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Look into the file: what can never be read is refused, and our own error file known."""
        given = super().clean()
        given["refused_in"] = 0
        if file := given.get("file"):
            content = file.read()
            file.seek(0)
            try:
                with table_in(content, file.name, Mapping()) as table:
                    given["refused_in"] = table.refused_in
            except NoTableThere:
                pass  # The page of its columns asks where in the file it is.
            except UnreadableFile as refusal:
                self.add_error("file", str(refusal))
        return given


class FeedForm(Isolating, forms.ModelForm):
    """Rules for the imports of a source."""

    def needs_licence(self, given: dict[str, Any]) -> bool:
        return bool(given.get("is_on"))

    def clean_url(self) -> str:
        """The address, unless the guarded client would never visit it."""
        url = self.cleaned_data["url"]
        if url:
            try:
                outbound.judge(url)
            except outbound.Refused as refusal:
                told = _("It could never be fetched: %(why)s") % {"why": refusal}
                raise forms.ValidationError(told) from refusal
        return url


class DelimiterField(forms.CharField):
    """One sign; a tab, which nobody sees or can type in a form, by its name."""

    def __init__(self, **kwargs: Any) -> None:
        # As `exchange.mappings.checking` has it.
        sign = RegexValidator(
            r'\A[^"\r\n ]\Z',
            gettext_lazy("One sign, or the word Tab; no blank and no quotation mark."),
        )
        super().__init__(strip=False, validators=[sign], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return TAB if value == "\t" else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return "\t" if text.strip(" ").casefold() == TAB.casefold() else text


class LayoutForm(forms.Form):
    """Where in the file the rows are, and how it is to be read."""

    sheet = forms.CharField(label=gettext_lazy("Sheet"), max_length=100, required=False)
    header_rows = forms.IntegerField(
        label=gettext_lazy("Rows that name the columns"), min_value=1, max_value=5
    )
    skip_rows = forms.IntegerField(
        label=gettext_lazy("Rows to pass over above them"), min_value=0, max_value=100
    )
    delimiter = DelimiterField(
        label=gettext_lazy("Sign between the cells"),
        required=False,
        help_text=gettext_lazy("Of a text: one sign, or Tab. Empty: it is guessed."),
    )
    date_order = forms.ChoiceField(label=gettext_lazy("Order in dates"), choices=ORDERS)


class ColumnsForm(forms.Form):
    """What each column says; a field each, by its place in the file."""

    def __init__(self, columns: list[str], mapping: Mapping, data: Any = None) -> None:
        self.columns, self.mapping = columns, mapping
        super().__init__(data)
        self.shown = self._shown()
        targets = [(code, target.label) for code, target in TARGETS.items()]
        for i, column in enumerate(columns):
            rule = self.shown.get(column, Rule(IGNORED, (column,)))
            self.fields[f"target-{i}"] = forms.ChoiceField(
                label=column, choices=targets, initial=rule.target
            )
            self.fields[f"scheme-{i}"] = forms.CharField(
                label=_("Register or question of %(column)s") % {"column": column},
                max_length=60,
                required=False,
                initial=rule.scheme,
            )
        for name, label in CONSTANTS.items():
            self.fields[f"all-{name}"] = forms.CharField(
                label=label,
                max_length=100,
                required=False,
                initial=self._constant(name),
                help_text=HINTS.get(name, ""),
            )
        self.fields["save_as"] = forms.SlugField(
            label=_("Keep this mapping for the source, as"),
            max_length=100,
            required=False,
            help_text=_("Small letters, digits and hyphens. Empty: it is not kept."),
        )

    def _shown(self) -> dict[str, Rule]:
        """The first rule of each column: several may read one."""
        found: dict[str, Rule] = {}
        for rule in self.mapping.rules:
            for column in rule.columns:
                found.setdefault(column, rule)
        return found

    def _constant(self, name: str) -> str:
        value = self.mapping.constants.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)

    def rows(self) -> list[tuple[str, Rule | None, Any, Any]]:
        """Each column with its rule so far and its two fields."""
        return [
            (column, self.shown.get(column), self[f"target-{i}"], self[f"scheme-{i}"])
            for i, column in enumerate(self.columns)
        ]

    def is_used(self, column: str) -> bool:
        """Whether something is taken from a column as it is mapped so far."""
        return self.shown.get(column, Rule(IGNORED, (column,))).target != IGNORED

    def constants(self) -> list[Any]:
        """The fields of what holds for all rows."""
        return [self[f"all-{name}"] for name in CONSTANTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for i in range(len(self.columns)):
            target, scheme = cleaned.get(f"target-{i}"), cleaned.get(f"scheme-{i}")
            if target in NEEDS_SCHEME and not scheme:
                self.add_error(f"scheme-{i}", _("Name the register, like GB-COH, or the question."))
            elif target == "governance" and scheme not in governance_attributes():
                known = ", ".join(governance_attributes())
                self.add_error(f"scheme-{i}", _("Known are: %(names)s.") % {"names": known})
        if self.columns and not self._has_name(cleaned):
            self.add_error(None, _("Say which column has the name."))
        for name in CONSTANTS:
            if told := why_not(name, cleaned.get(f"all-{name}", "")):
                self.add_error(f"all-{name}", told)
        return cleaned

    def _has_name(self, cleaned: dict[str, Any]) -> bool:
        targets = [cleaned.get(f"target-{i}") for i in range(len(self.columns))]
        return "name" in targets or "name" in self.mapping.constants

    def result(self) -> Mapping:
        """The mapping as it was corrected: the rules of a column that was left alone stay."""
        new, touched = [], set()
        for i, column in enumerate(self.columns):
            rule = self.shown.get(column, Rule(IGNORED, (column,)))
            target = self.cleaned_data[f"target-{i}"]
            scheme = self.cleaned_data[f"scheme-{i}"] if target in NEEDS_SCHEME else ""
            if (target, scheme) != (rule.target, rule.scheme if target in NEEDS_SCHEME else ""):
                touched.add(column)
                new += [Rule(target, (column,), scheme=scheme)] if target != IGNORED else []
        kept = [rule for rule in self.mapping.rules if not touched & {*rule.columns}]
        constants = dict(self.mapping.constants)
        for name in CONSTANTS:
            if self.cleaned_data[f"all-{name}"] != self._constant(name):
                constants[name] = several(name, self.cleaned_data[f"all-{name}"])
        told = {name: value for name, value in constants.items() if value}
        return replace(self.mapping, rules=(*kept, *new), constants=told)

"""Names of a document's fields and its values in words, for editors."""

from functools import lru_cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.documents import Change
from directory.documents.texts import phone_words
from directory.models import (
    AreaKind,
    Assertion,
    Lifecycle,
    Organization,
    Place,
    PlaceKind,
    Precision,
    Scheme,
    Wheelchair,
    vocabulary,
)
from directory.models.governance import governance_attributes
from directory.search.names import country_name, language_name

LONGEST_VALUE = 200
PLACES_KEPT = 10_000  # A page names the same few places many times; some megabytes at most.
CHOICES = {
    "asserted_by": Assertion,
    "kind": AreaKind,
    "lifecycle": Lifecycle,
    "precision": Precision,
    "wheelchair": Wheelchair,
}


def label_of(field: str) -> str:
    """The field's name in words; a part's from its table."""
    rows = {"sources": "source_records"}.get(field, field)
    found = Organization._meta.get_field(rows)
    if found.is_relation:
        return str(found.related_model._meta.verbose_name_plural)
    return str(found.verbose_name)


def label_of_path(path: tuple[str | int, ...]) -> str:
    """The name of what stands at a path of a document: "Other links 2", "Governance: board"."""
    field, *steps = path
    if field == "governance":
        known = governance_attributes()
        steps = [known[step].label if step in known else str(step) for step in steps]
        return ": ".join([capfirst(label_of("governance")), *steps])
    if field == "translations" and steps:
        language, *inner = steps
        return " ".join([language_name(str(language)) + ":", *(label_of(str(i)) for i in inner)])
    numbered = (str(step + 1) if isinstance(step, int) else _member(field, step) for step in steps)
    return capfirst(" ".join([label_of(str(field)), *numbered]))


def _member(field: str | int, name: str) -> str:
    """The name of a member of a part; as it stands in documents where its table has no column."""
    rows = {"sources": "source_records"}.get(str(field), str(field))
    found = Organization._meta.get_field(rows)
    columns = found.related_model._meta.get_fields() if found.is_relation else ()
    column = next((each for each in columns if each.name == name), None)
    return str(getattr(column, "verbose_name", name))


def change_in_words(change: Change) -> tuple[str, str, str]:
    """What a change is of, the value before it and the value after it; "" for none."""
    part = change.after or change.before
    if change.field == "claims" and isinstance(part, dict):
        label = claim_label(part)
    else:
        label = label_of_path(change.path)
    before, after = _side(change, change.before), _side(change, change.after)
    if not change.is_said_besides:
        return label, before, after
    if change.before is None:
        return label, term_label(part), _("%(term)s: one more source says it") % {"term": after}
    return label, before, _("%(term)s: another source still says it") % {"term": term_label(part)}


def _side(change: Change, value: Any) -> str:
    if change.field == "claims" and isinstance(value, dict):
        return claim_in_words(value)
    if change.field == "governance" and len(change.path) == 2:
        return answer_in_words(str(change.path[1]), value)
    return value_in_words(str(change.path[-1]), value)


def claim_label(claim: dict[str, Any]) -> str:
    """What kind of term is claimed: type, value or sector."""
    return str(Scheme(claim["scheme"]).label)


def term_label(claim: dict[str, Any]) -> str:
    """The term of a claim by its label; its code where it is no longer in use."""
    term = vocabulary().get(claim["scheme"], claim["code"])
    return term.label if term else claim["code"]


def claim_in_words(claim: dict[str, Any]) -> str:
    """The term by its label, and what is stated of it."""
    return ": ".join(filter(None, [term_label(claim), claim.get("statement", "")]))


def answer_in_words(code: str, answer: Any) -> str:
    """An answer to a question on governance, by the labels of its choices."""
    attribute = governance_attributes().get(code)
    if attribute is None or answer is None:
        return value_in_words(code, answer)
    if isinstance(answer, list):
        return "; ".join(attribute.choice_label(each) for each in answer)
    return attribute.choice_label(answer) if isinstance(answer, str) else str(answer)


def value_in_words(name: str, value: object) -> str:
    """The value of a member of a document as one line: codes by what they stand for."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        told = {n: held for n, held in value.items() if held not in (None, "", False)}
        return _cut(", ".join(value_in_words(n, held) for n, held in told.items()))
    if isinstance(value, list):
        return _cut("; ".join(value_in_words(name, held) for held in value))
    return _cut(_text(name, "" if value is None else str(value)))


def _text(name: str, text: str) -> str:
    if name in CHOICES and text in CHOICES[name].values:
        return str(CHOICES[name](text).label)
    match name:
        case "language" | "further_languages" if text:
            return language_name(text)
        case "country" if text:
            return country_name(text)
        case "phone":
            return phone_words(text)
        case "place" if text:
            return place_in_words(text)
    return text


def place_in_words(path: str) -> str:
    """A place of the gazetteer by its names, from the town to the country.

    One that the gazetteer has no longer is told by the words of its path.
    """
    country, *inside = path.split("/")
    try:
        names = _names_inside(path)
    except Place.DoesNotExist:
        names = [step.replace("-", " ").title() for step in reversed(inside)]
    return ", ".join(dict.fromkeys([*names, country_name(country)]))


@lru_cache(maxsize=PLACES_KEPT)
def _names_inside(path: str) -> list[str]:
    """Names of a place and of what holds it, without the country. Raises Place.DoesNotExist."""
    place = Place.objects.with_parents().get(path=path)
    held = [place, place.parent] if place.parent else []
    return [each.name for each in held if each.kind != PlaceKind.COUNTRY]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} …"

"""Names of a document's fields, and its values, in words that anyone can read."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from directory.models import AreaKind, Assertion, Lifecycle, Precision, Vocabulary, Wheelchair
from directory.models.governance import governance_attributes
from directory.search.names import country_name
from directory.web.good_to_know import answer_in_words
from directory.web.texts import language_name


class Readable:
    """Turns values into words, with the names of the places and sources they mention."""

    def __init__(self, terms: Vocabulary, places: dict[str, str], sources: dict[str, str]) -> None:
        self.terms = terms
        self.places = places
        self.sources = sources

    def value(self, path: tuple[str | int, ...], value: Any) -> str:
        """A value at a path of the document, in words; "" for nothing."""
        if value in (None, "", [], {}):
            return ""
        if path[0] == "governance" and len(path) > 1:
            return answer_in_words(str(path[1]), value) or str(value)
        if isinstance(value, dict):
            return self._part(path, value)
        if isinstance(value, list):
            return "; ".join(self.value((*path, i), item) for i, item in enumerate(value))
        return self._plain(_last_name(path), value)

    def _part(self, path: tuple[str | int, ...], part: dict[str, Any]) -> str:
        if path[0] == "claims" and "code" in part:
            return self._claim(part)
        if path[0] == "governance":
            pairs = [(code, answer_in_words(code, answer)) for code, answer in part.items()]
            return "; ".join(f"{field_name(('governance', c))}: {w}" for c, w in pairs if w)
        if path == ("translations",):
            texts = {
                language_name(code): self._part((*path, code), text) for code, text in part.items()
            }
            return "; ".join(f"{name}: {shown}" for name, shown in texts.items())
        words = [
            f"{field_name((*path, name))}: {shown}"
            for name, value in part.items()
            if value is not False and (shown := self.value((*path, name), value))
        ]
        return "; ".join(words)

    def _claim(self, part: dict[str, Any]) -> str:
        """The term comes first; who says so, only where it is not the usual editor."""
        rest = {
            name: value
            for name, value in part.items()
            if name not in {"scheme", "code", "is_primary"} and value
        }
        words = [f"{field_name((n,))}: {self._plain(n, v)}" for n, v in rest.items()]
        return "; ".join([self.term(part), *words])

    def term(self, claim: dict[str, Any]) -> str:
        """The term of a claim by its label; its code where it is no longer in use."""
        term = self.terms.get(claim["scheme"], claim["code"])
        return term.label if term else claim["code"]

    def part_name(self, path: tuple[str | int, ...], document: dict[str, Any]) -> str:
        """One part of a list: the term of a claim, the language of a text, "Location 2"."""
        top, key = str(path[0]), path[1]
        if top == "translations":
            return _("Text in %(language)s") % {"language": language_name(str(key))}
        parts = document.get(top) or []
        if top == "claims":
            return self.term(parts[int(key)])
        name = singular_names().get(top, top)
        return f"{name} {int(key) + 1}" if len(parts) > 1 else name

    def field_name(self, path: tuple[str | int, ...], document: dict[str, Any]) -> str:
        """What a field is called, with the part of a list it stands in: "Location 2: street"."""
        if len(path) == 1 or path[0] == "governance":
            return field_name(path)
        part, inner = self.part_name(path, document), _last_name(path[1:])
        is_whole = len(path) == 2
        return part if is_whole else f"{part}: {field_names().get(inner, inner)}"

    def _plain(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if name in PLAIN:
            return PLAIN[name](str(value))
        if name == "place":
            return self.places.get(value, value)
        if name == "source":
            return self.sources.get(value, value)
        if isinstance(value, float):
            return number_format(value, use_l10n=True)
        return str(value)


def _last_name(path: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _choice(choices: Any) -> Callable[[str], str]:
    labels = {str(value): label for value, label in choices.choices}
    return lambda value: str(labels.get(value, value))


PLAIN: dict[str, Callable[[str], str]] = {
    "lifecycle": _choice(Lifecycle),
    "precision": _choice(Precision),
    "wheelchair": _choice(Wheelchair),
    "asserted_by": _choice(Assertion),
    "kind": _choice(AreaKind),
    "language": language_name,
    "further_languages": language_name,
    "country": country_name,
}


def field_name(path: tuple[str | int, ...]) -> str:
    """What a field is called by itself, without the part of a list it stands in."""
    if path[0] == "governance" and len(path) > 1:
        attribute = governance_attributes().get(str(path[1]))
        return attribute.label if attribute else str(path[1])
    name = _last_name(path)
    return field_names().get(name, name)


def in_order(document: dict[str, Any]) -> dict[str, Any]:
    """The document with its fields in the order in which they are read.

    A stored document comes back in an order of the database's own.
    """
    ranks = {name: rank for rank, name in enumerate([*field_names(), *governance_attributes()])}
    return _in_order(document, ranks)


def _in_order(value: Any, ranks: dict[str, int]) -> Any:
    if isinstance(value, list):
        return [_in_order(item, ranks) for item in value]
    if not isinstance(value, dict):
        return value
    names = sorted(value, key=lambda name: (ranks.get(name, len(ranks)), name))
    return {name: _in_order(value[name], ranks) for name in names}


def singular_names() -> dict[str, str]:
    return {
        "locations": _("Location"),
        "service_areas": _("Area served"),
        "claims": _("Claim"),
        "identifiers": _("Number in a register"),
        "sources": _("Source"),
        "links": _("Link"),
    }


def field_names() -> dict[str, str]:
    """Names of all fields, at the top and in parts."""
    return {
        "name": _("name"),
        "slug": _("address word"),
        "legal_name": _("registered name"),
        "other_names": _("other names"),
        "language": _("language"),
        "further_languages": _("languages spoken"),
        "summary": _("in one sentence"),
        "description": _("description"),
        "translations": _("text in other languages"),
        "is_machine_made": _("translated by a machine"),
        "lifecycle": _("life"),
        "founded": _("founded"),
        "closed": _("closed"),
        "website": _("website"),
        "email": _("e-mail"),
        "email_is_public": _("e-mail address shown"),
        "phone": _("telephone"),
        "phone_is_public": _("telephone number shown"),
        "links": _("links"),
        "governance": _("ownership and governance"),
        "members_count": _("members"),
        "workers_count": _("people who work there"),
        "locations": _("locations"),
        "service_areas": _("areas served"),
        "claims": _("types, values and sectors"),
        "identifiers": _("numbers in registers"),
        "sources": _("sources"),
        **_part_field_names(),
    }


def _part_field_names() -> dict[str, str]:
    return {
        "street": _("street"),
        "postcode": _("postcode"),
        "locality": _("town"),
        "region": _("region"),
        "country": _("country"),
        "place": _("place"),
        "latitude": _("latitude"),
        "longitude": _("longitude"),
        "precision": _("how exactly it is shown"),
        "opening_hours": _("hours"),
        "wheelchair": _("step-free"),
        "accessibility_note": _("note on the way in"),
        "kind": _("kind"),
        "radius_km": _("radius in km"),
        "scheme": _("register"),
        "code": _("code"),
        "is_primary": _("comes first"),
        "statement": _("statement"),
        "evidence_url": _("evidence"),
        "evidence_title": _("what was seen"),
        "asserted_by": _("who says so"),
        "asserted_by_name": _("name of the peer"),
        "source": _("source"),
        "checked_on": _("checked on"),
        "valid_until": _("holds until"),
        "value": _("number"),
        "external_id": _("number there"),
        "url": _("address"),
        "title": _("title"),
        "fetched_on": _("read on"),
        "fields": _("facts from there"),
    }

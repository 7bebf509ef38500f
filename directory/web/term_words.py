"""Words around terms: what their lists are called, and the terms in other languages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import Scheme, Term
from directory.web.texts import active_language, own_language_name


@dataclass(frozen=True)
class ListWords:
    """Words of one scheme for its pages."""

    title: str
    lead: str
    over: str  # Above the name of a term: "A type of organization".
    narrower: str
    nobody: str


def list_words(scheme: str) -> ListWords:
    """What the pages of a scheme say."""
    match scheme:
        case Scheme.TYPE:
            return ListWords(
                _("Types"),
                _("What kind of group it is: who owns it, and what holds its members together."),
                _("A type of organization"),
                _("Kinds of it"),
                _("No listing is of this type yet."),
            )
        case Scheme.VALUE:
            return ListWords(
                _("Values"),
                _(
                    "What groups stand for. A value is shown only where somebody says it and says why."
                ),
                _("A value"),
                _("Parts of it"),
                _("No listing carries this value yet."),
            )
    return ListWords(
        _("Sectors"),
        _("What groups do all day: grow food, lend money, mend things, look after people."),
        _("A sector"),
        _("Parts of it"),
        _("No listing works in this sector yet."),
    )


@dataclass(frozen=True)
class OtherLabel:
    """A term in another language: its name there and other words for it."""

    language: str
    language_name: str
    words: str


def other_labels(term: Term) -> list[OtherLabel]:
    """The term in the languages that the page is not in."""
    active = active_language()
    languages = dict.fromkeys([*term.labels, *term.synonyms])
    return [
        OtherLabel(code, own_language_name(code), words)
        for code in languages
        if code != active and (words := _words(term, code))
    ]


def synonyms(term: Term) -> list[str]:
    """Other words for the term in the language of the page."""
    return term.synonyms.get(active_language(), [])


def _words(term: Term, code: str) -> str:
    label = term.labels.get(code)
    return ", ".join([*([label] if label else []), *term.synonyms.get(code, [])[:3]])

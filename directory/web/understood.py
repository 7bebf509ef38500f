"""What the words of a search were taken as, where they name a place, and the way back."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from directory.models import Place, PlaceKind
from directory.search.names import country_name
from directory.search.origin import near_value
from directory.search.questions import for_quoting
from directory.search.readings import Reading
from directory.web.links import Question


@dataclass(frozen=True)
class Understood:
    """A sentence that says how it was understood, the words as typed, and their search as words."""

    sentence: str
    typed: str
    url: str


def understood(reading: Reading, question: Question) -> Understood:
    """In words and with a link; `question` is what was typed."""
    typed = " ".join(question.values("q"))
    url = question.having(words_only="1").url()
    return Understood(_sentence(reading), typed, url)


def at_place(reading: Reading, asked: QueryDict) -> Question:
    """The question with the place at Where and the rest of the words at What."""
    return Question.of(asked, q=reading.words, near=near_value(reading.origin.place))


@dataclass(frozen=True)
class Offered:
    """Words of a link that takes words for a place, and where it leads."""

    words: str
    url: str


def offered(reading: Reading, asked: QueryDict) -> Offered:
    """A place that the words may name, where they were kept as words."""
    words = {"words": reading.words, "place": place_in_short(reading.origin.place)}
    if reading.words:
        link = _("Look for “%(words)s” in %(place)s") % words
    else:
        link = _("Show all that is in %(place)s") % words
    return Offered(link, at_place(reading, asked).without().url())


def _sentence(reading: Reading) -> str:
    place = reading.origin.place
    words = {"words": for_quoting(reading.words), "place": place_in_short(place)}
    if place.kind == PlaceKind.TOWN:
        if reading.words:
            return _("Showing “%(words)s” in and around %(place)s.") % words
        return _("Showing all that is in and around %(place)s.") % words
    if reading.words:
        return _("Showing “%(words)s” in %(place)s.") % words
    return _("Showing all that is in %(place)s.") % words


def place_in_short(place: Place) -> str:
    """A place with the next wider one: Takoma Park, Maryland; Maryland, United States; France."""
    if place.parent is None:
        return country_name(place.country_code)
    wider = place.parent.name
    if place.parent.kind == PlaceKind.COUNTRY or wider == place.name:
        wider = country_name(place.country_code)
    return f"{place.name}, {wider}"

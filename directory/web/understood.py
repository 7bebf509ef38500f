"""What the words of a search were taken as, where they name a place, and the way back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import Place, PlaceKind
from directory.search.names import country_name
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

"""What to do when little or nothing is found, as links with counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.search.query import FACETS, Found, Query, Removal
from directory.web import distances
from directory.web.cards import Card, cards_of
from directory.web.links import Question


@dataclass(frozen=True)
class Way:
    """One thing to try: words, address, how many it would find (None if not counted)."""

    words: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class AdviceInWords:
    """Ways to ask for less, ways to look further, what comes close, and what was read otherwise."""

    less: list[Way]
    further: list[Way]
    nearest: list[Card]
    corrected: list[tuple[str, str]]
    dropped: list[str]


def advice_of(found: Found, query: Query, question: Question) -> AdviceInWords:
    """The engine's advice, in words and links."""
    advice = found.advice
    return AdviceInWords(
        less=[way_without(removal, query, question) for removal in advice.removals],
        further=ways_further(advice.wider_km, query, question),
        nearest=cards_of(advice.nearest, query) if advice.nearest else [],
        corrected=list(advice.corrected),
        dropped=list(advice.dropped),
    )


def way_without(removal: Removal, query: Query, question: Question) -> Way:
    if removal.value or removal.parameter not in FACETS:
        less = question.lacking(removal.parameter, removal.value)
    else:
        less = question.without_chosen(removal.parameter)
    if removal.parameter == "near" and query.near:
        words = _("Anywhere, not only near %(place)s") % {"place": query.near.label}
    else:
        words = _("Without “%(filter)s”") % {"filter": removal.label.strip("“”")}
    return Way(words, less.url(), removal.count)


def ways_further(wider_km: float | None, query: Query, question: Question) -> list[Way]:
    """A wider ring, where that finds something."""
    if wider_km is None or query.near is None:
        return []
    distance = distances.in_words(wider_km, query.near.country_code)
    url = question.having(radius=f"{wider_km:g}").url()
    return [Way(_("Within %(distance)s") % {"distance": distance}, url)]

"""What to do when little or nothing is found, as links with counts."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from directory.search.query import FACETS, Found, Point, Query, Removal
from directory.search.questions import QUOTES, limits_in
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
    """Words that may have been meant, ways to ask for less, ways to look further, what comes close,
    who comes from afar, and what was read otherwise.
    """

    meant: list[Way]
    less: list[Way]
    further: list[Way]
    nearest: list[Card]
    serving: list[Card]
    corrected: list[tuple[str, str]]
    dropped: list[str]
    texts_read: int


def advice_of(found: Found, query: Query, question: Question) -> AdviceInWords:
    """The engine's advice, in words and links."""
    advice = found.advice
    shorter = [(removal, without(removal, query, question)) for removal in advice.removals]
    # A question without its only words is none: “All listings” stands on the page for that.
    less = [
        way_without(one, rest, query)
        for one, rest in shorter
        if one.parameter != "q" or not rest.asks_nothing
    ]
    alone = [way_with_only(kept, query, question) for kept in advice.alone]
    nearest = {hit.organization_id for hit in advice.nearest}
    others = [*advice.nearest, *(h for h in advice.serving if h.organization_id not in nearest)]
    cards = cards_of(others, query, first=len(found.hits) + 1) if others else []
    return AdviceInWords(
        meant=[Way(words, question.having(q=words).url(), n) for words, n in advice.spellings],
        less=less or alone,
        further=ways_further(found, query, question),
        nearest=[card for card in cards if card.organization.pk in nearest],
        serving=[card for card in cards if card.organization.pk not in nearest],
        corrected=list(advice.corrected),
        # Where no word is left, “No results for …” says it already.
        dropped=list(advice.dropped) if found.total else [],
        texts_read=advice.texts_read,
    )


def without(removal: Removal, query: Query, question: Question) -> Question:
    if removal.parameter == "q" and (rest := limits_in(query.words).get(removal.value)):
        return question.having(q=rest)
    if removal.value or removal.parameter not in FACETS:
        return question.lacking(removal.parameter, removal.value)
    return question.without_chosen(removal.parameter)


def way_without(removal: Removal, less: Question, query: Query) -> Way:
    if removal.parameter == "near" and query.near:
        words = _("Anywhere, not only near %(place)s") % {"place": query.near.label}
    elif removal.value == QUOTES:
        words = _("Without the quotation marks")
    else:
        words = _("Without “%(filter)s”") % {"filter": removal.label.strip("“”")}
    return Way(words, less.url(), removal.count)


def way_with_only(kept: Removal, query: Query, question: Question) -> Way:
    """One filter kept, all others left out."""
    label = _around(query.near, query.radius_km) if kept.parameter == "near" else kept.label
    words = _("Only “%(filter)s”") % {"filter": label.strip("“”")}
    with_it = {"near": ("near", "radius"), "q": ("q", "words_only")}
    only = question.only(*with_it.get(kept.parameter, (kept.parameter,)))
    return Way(words, only.url(), kept.count)


def _around(near: Point, radius_km: float) -> str:
    """What is looked around, in the unit of the rest of the page."""
    if near.is_wide:
        return _("In %(place)s") % {"place": near.label}
    distance = distances.in_words(radius_km, near.country_code)
    return _("Within %(distance)s of %(place)s") % {"distance": distance, "place": near.label}


def ways_further(found: Found, query: Query, question: Question) -> list[Way]:
    """A wider ring, where that finds something."""
    wider_km = found.advice.wider_km
    if wider_km is None or query.near is None:
        return []
    distance = distances.in_words(wider_km, query.near.country_code)
    url = question.having(radius=f"{wider_km:g}").url()
    return [Way(_("Within %(distance)s") % {"distance": distance}, url, found.advice.wider_count)]


def way_to_suggest() -> str:
    """Where a visitor can tell of a listing that is missing: the form, else a letter, else ""."""
    try:
        return reverse("organization-new")
    except NoReverseMatch:
        return f"mailto:{settings.SITE_EMAIL}" if settings.SITE_EMAIL else ""

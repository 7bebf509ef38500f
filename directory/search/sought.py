"""What a search was for, coarsely enough to be counted: a term or words, and a part of the world.

No point, no address, no number, no sentence. Words may still be the name of somebody, which no
rule can tell: so they are kept as a digest until many look for the same (actions/gaps.py).
"""

import math
import re
from dataclasses import dataclass

from directory.models import CLAIMABLE_SCHEMES, Place
from directory.search.live import current
from directory.search.phrases import Phrases
from directory.search.query import Box, Query
from directory.search.questions import Question, question_of
from directory.search.words import is_stop_word

WORDS_MAX = 6  # More is a sentence, and may tell of somebody.
LETTERS_MAX = 80
WIDE_DEGREES = 5.0  # A view as wide as this is of no one place.
# E-mail and web addresses, and what may be a number of a person: five digits, however written.
PERSONAL = re.compile(r"@|://|\bwww\.|\d(?:[\s().+/-]*\d){4}")


@dataclass(frozen=True)
class Sought:
    """A term or folded words (or neither), and a place or None."""

    scheme: str = ""
    code: str = ""
    words: str = ""
    place: Place | None = None


def sought_by(query: Query) -> Sought | None:
    """What a search was for; None where it says too little, or what must not be kept."""
    if PERSONAL.search(query.words):
        return None
    question = question_of(query.words)
    words = " ".join(question.words)
    if len(question.words) > WORDS_MAX or len(words) > LETTERS_MAX:
        return None
    scheme, code = _term_of(question) or ("", "")
    if not words:
        scheme, code = _chosen_term(query)
    place = coarse_place(query)
    if not (code or words or place):
        return None
    return Sought(scheme, code, "" if code else words, place)


def _term_of(question: Question) -> tuple[str, str] | None:
    """The term whose label or synonym the words are, the narrowest if several."""
    telling = _telling(question.words)
    if not telling:
        return None
    with current() as (index, _sequence):
        phrases: Phrases = index.phrases
    found = [key for key, names in phrases.names.items() if _is_named(names, telling)]
    return max(found, key=lambda key: (len(phrases.with_ancestors(key)), key), default=None)


def _is_named(names: list[tuple[str, tuple[str, ...]]], telling: tuple[str, ...]) -> bool:
    return any(_telling(cut) == telling for _name, cut in names)


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if not is_stop_word(word))


def _chosen_term(query: Query) -> tuple[str, str]:
    for scheme in CLAIMABLE_SCHEMES:
        choice = query.facets.get(scheme)
        if choice and choice.include:
            return str(scheme), choice.include[0]
    return "", ""


def coarse_place(query: Query) -> Place | None:
    """The region or country asked about, or the largest town of the degree square around."""
    if query.near:
        path, point = query.near.place_path, (query.near.latitude, query.near.longitude)
        return _coarse(path, *point)
    chosen = query.facets.get("place")
    path = chosen.include[0] if chosen and chosen.include else query.serves
    if path:
        place = Place.objects.filter(path=path).first()
        return _coarse(path, place.latitude, place.longitude) if place else None
    return _in_view(query.box) if query.box else None


def _coarse(path: str, latitude: float, longitude: float) -> Place | None:
    if path and path.count("/") < 2:
        return Place.objects.filter(path=path).first()
    country = path.partition("/")[0].upper()
    return _largest_town(latitude, longitude, country) or (
        Place.objects.filter(path=path.rpartition("/")[0]).first() if path else None
    )


def _largest_town(latitude: float, longitude: float, country: str = "") -> Place | None:
    south, west = math.floor(min(latitude, 89.0)), math.floor(min(longitude, 179.0))
    towns = Place.objects.largest_in(west, south, west + 1, south + 1)
    return (towns.filter(country_code=country) if country else towns).first()


def _in_view(box: Box) -> Place | None:
    if max(box.width, box.north - box.south) > WIDE_DEGREES:
        return None
    return _largest_town(*box.middle)

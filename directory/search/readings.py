"""Whether words of a query are meant as a place, and what the query then asks for.

A reading as a place is taken only where it is likelier than one as words. A name typed in full, or
nearly so, stays a name; a word that listings elsewhere use stays a word; and where words find
something and the place does not, the words are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from pyroaring import BitMap

from directory.models import Place
from directory.search.conditions import Conditions, conditions_of
from directory.search.index import Index
from directory.search.origin import Origin, origin_of_places
from directory.search.place_words import PlaceWords, place_words
from directory.search.query import Query
from directory.search.retrieval import Match, retrieve
from directory.search.tables import EMPTY
from directory.search.variants import Slot
from directory.search.words import words_of

# The share of a listing's name that the query must hold to be taken for that name.
NAME_SHARE = 0.6
NAME_LEAST = 2  # Words of a name that is recognized within a longer query.
SHORTEST = 4  # Letters of a name that needs neither "in" nor a listing there to be a place.
# Texts speak of other towns more often than names do.
USES_IN_TEXTS = 4
FIRM = {"exact", "stem", "joined", "split", "edit"}


@dataclass(frozen=True)
class Reading:
    """A query with some of its words taken as a place."""

    words: str  # the words that are left to look for
    origin: Origin  # the place, and others of its name

    def of(self, query: Query) -> Query:
        """The query as it is understood."""
        return replace(query, words=self.words, near=self.origin.point)


def reading_of(index: Index, query: Query) -> Reading | None:
    """The query with a place taken out of its words; None where they are better left as words.

    Who gives a place, a part of the map, or all words as words is not guessed at.
    """
    if not query.words or query.words_only or query.near or query.box:
        return None
    for found in place_words(query.words):
        if not _is_rather_a_place(index, found):
            continue
        origin = origin_of_places(found.typed, _where_listings_are(index, found.places))
        reading = Reading(found.words, origin)
        match = retrieve(index, query.words)
        if (
            match.exact_keys
            or _is_a_name(index, match, found)
            or _holds_a_name(index, match, found)
        ):
            return None
        return reading if _finds_as_much(index, query, reading) else None
    return None


def documents_of(index: Index, query: Query) -> BitMap:
    """The listings that a query finds as it is understood."""
    reading = reading_of(index, query)
    return conditions_of(index, reading.of(query) if reading else query).all()


def _where_listings_are(index: Index, places: tuple[Place, ...]) -> list[Place]:
    """The places, one that holds listings first: in a directory of Spain Córdoba is in Spain."""
    having = [place for place in places if index.postings.get("located", place.path) & index.live]
    return [*having[:1], *(place for place in places if place not in having[:1])]


def _is_rather_a_place(index: Index, found: PlaceWords) -> bool:
    """Whether the words name a place more often than they are used for something else."""
    words = words_of(found.typed)
    if not words or tuple(words) in index.phrases.labels:
        return False
    if found.has_lead or found.has_region:
        return True
    if len(words) == 1 and words[0] in _words_of_terms(index):
        return False
    there = index.postings.union("around", [place.path for place in found.places]) & index.live
    in_names = (_having(index, words, ("name", "other_name")) & index.live) - there
    in_texts = (_having(index, words, ("name", "other_name", "text")) & index.live) - there
    if not there:
        return not in_texts and len("".join(words)) >= SHORTEST
    return len(in_names) <= len(there) and len(in_texts) <= USES_IN_TEXTS * len(there)


def _words_of_terms(index: Index) -> set[str]:
    known = index.cache.get("words of terms")
    if known is None:
        known = index.cache["words of terms"] = set().union(*index.phrases.words.values())
    return known


def _having(index: Index, words: Iterable[str], fields: tuple[str, ...]) -> BitMap:
    """Listings in which all of the words stand, each in any of the fields."""
    parts = [BitMap.union(*(index.postings.get(f, word) for f in fields)) for word in words]
    return BitMap.intersection(*parts)


def _is_a_name(index: Index, match: Match, found: PlaceWords) -> bool:
    """Whether the query is the name of a listing, or most of one, as far as it can be spelled.

    Where "in" leads to the place, that word must stand in the name too.
    """
    slots = [slot for slot in match.slots if slot.is_required or found.has_lead]
    if not slots:
        return False
    named = BitMap.intersection(index.live, *(_named(slot) for slot in slots))
    lengths = index.rows["name_length"][np.array(named.to_array(), np.int64)]
    return bool((lengths * NAME_SHARE <= len(slots)).any())


def _holds_a_name(index: Index, match: Match, found: PlaceWords) -> bool:
    """Whether the whole name of a listing, with the words of the place, is within the query."""
    if found.has_lead:
        return False
    parts = [index.postings.get("name", word) for word in words_of(found.typed)]
    named = np.array((BitMap.union(EMPTY, *parts) & index.live).to_array(), np.int64)
    lengths = index.rows["name_length"][named]
    held = np.zeros(len(named), np.int64)
    for word in {slot.word for slot in match.slots}:
        having = index.postings.get("name", word) & BitMap(named.astype(np.uint32))
        held[np.searchsorted(named, np.array(having.to_array(), np.int64))] += 1
    return bool(((lengths >= NAME_LEAST) & (held >= lengths)).any())


def _named(slot: Slot) -> BitMap:
    """Listings in whose names the word stands, spelled so or nearly so."""
    parts = [part for v in slot.variants if v.kind in FIRM for part in v.by_field[:2]]
    return BitMap.union(EMPTY, *parts)


def _finds_as_much(index: Index, query: Query, reading: Reading) -> bool:
    """Whether all words are found at the place, or nowhere together."""
    understood = conditions_of(index, reading.of(query))
    return bool(_with_all_words(understood)) or not _with_all_words(conditions_of(index, query))


def _with_all_words(conditions: Conditions) -> BitMap:
    slots = conditions.match.slots if conditions.match else ()
    required = [slot.documents for slot in slots if slot.is_required]
    return BitMap.intersection(conditions.all(), *required)

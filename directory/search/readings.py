"""Whether words of a query are meant as a place, and what the query then asks for.

A reading as a place is taken only where it is likelier than one as words. A name typed in full, or
nearly so, stays a name; a word that listings elsewhere use stays a word; and where words find
something and the place does not, the words are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from pyroaring import BitMap

from directory.models import Place, PlaceKind
from directory.search.choosing import is_listed_around, listed_around, meant_first
from directory.search.conditions import Conditions, conditions_of
from directory.search.index import Index
from directory.search.origin import Origin, origin_of_places
from directory.search.place_words import PlaceWords, place_words
from directory.search.places import spellings
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
# Towns where nothing is listed: so large a one is meant all the same; of a smaller one, what has its
# name is likelier (Mango is a town of 220,000).
LARGE = 250_000
FIRM = {"exact", "stem", "joined", "split", "edit"}


@dataclass(frozen=True)
class Reading:
    """A query with some of its words taken as a place."""

    words: str  # the words that are left to look for
    origin: Origin  # the place, and others of its name

    def of(self, query: Query) -> Query:
        """The query as it is understood."""
        return replace(query, words=self.words, near=self.origin.point)


@dataclass(frozen=True)
class Readings:
    """How a query is read: with a place among its words, or as words that may name one too."""

    taken: Reading | None = None
    offered: Reading | None = None  # not taken, since the words alone are likelier


def readings_of(index: Index, query: Query) -> Readings:
    """The reading that is taken, and the one that is offered where the words are kept as words.

    Who gives a place, a part of the map, or all words as words is not guessed at.
    """
    if not query.words or query.words_only or query.near or query.box:
        return Readings()
    for found in place_words(query.words):
        places = meant_first(index, found.places, spellings(found.typed))
        if not _is_rather_a_place(index, found, places[0]):
            continue
        reading = Reading(found.words, origin_of_places(found.typed, places))
        match = retrieve(index, query.words)
        if match.exact_keys:
            return Readings()
        is_name = _is_a_name(index, match, found) or _holds_a_name(index, match, found)
        if is_name or not _is_better(index, query, found, reading):
            return Readings(offered=reading)
        return Readings(taken=reading)
    return Readings()


def documents_of(index: Index, query: Query) -> BitMap:
    """The listings that a query finds as it is understood."""
    reading = readings_of(index, query).taken
    return conditions_of(index, reading.of(query) if reading else query).all()


def _is_rather_a_place(index: Index, found: PlaceWords, place: Place) -> bool:
    """Whether the words name a place more often than they are used for something else."""
    words = words_of(found.typed)
    if not words or tuple(words) in index.phrases.labels:
        return False
    if found.has_lead or found.has_region:
        return True
    if len(words) == 1 and words[0] in _words_of_terms(index):
        return False
    there = index.postings.union("around", [place.path for place in found.places])
    there = (there & index.live) | listed_around(index, place)
    in_names = (_having(index, words, ("name", "other_name")) & index.live) - there
    in_texts = (_having(index, words, ("name", "other_name", "text")) & index.live) - there
    if there:
        return len(in_names) <= len(there) and len(in_texts) <= USES_IN_TEXTS * len(there)
    if _is_large_town(place):
        return not in_names and len(in_texts) <= USES_IN_TEXTS
    return not in_texts and len("".join(words)) >= SHORTEST


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

    The place must stand in the name as it was typed; where "in" leads to it, that word too.
    """
    slots = [slot for slot in match.slots if slot.is_required or found.has_lead]
    if not slots:
        return False
    place = {*words_of(found.typed)}
    kinds = [FIRM - {"edit"} if slot.word in place else FIRM for slot in slots]
    parts = [_named(slot, some) for slot, some in zip(slots, kinds, strict=True)]
    named = BitMap.intersection(index.live, *parts)
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


def _named(slot: Slot, kinds: set[str]) -> BitMap:
    """Listings in whose names the word stands, in one of these ways."""
    parts = [part for v in slot.variants if v.kind in kinds for part in v.by_field[:2]]
    return BitMap.union(EMPTY, *parts)


def _is_better(index: Index, query: Query, found: PlaceWords, reading: Reading) -> bool:
    """Whether the words at the place say more than all of them as words.

    Who leads to a place with "in" means it. Else something must be found in it or near it, not
    only what serves it from afar; or nothing anywhere has all the words, and the place is one
    where listings are or that is too large to be the name of something else.
    """
    if found.has_lead or found.has_region:
        return True
    understood = conditions_of(index, reading.of(query))
    if _with_all_words(understood) & understood.near.at_hand:
        return True
    as_words = conditions_of(index, query)
    if _with_all_words(as_words, is_firm=True):
        return False
    place = reading.origin.place
    is_known = place.kind == PlaceKind.COUNTRY or _is_large_town(place)
    return is_known or is_listed_around(index, place) or not as_words.all()


def _is_large_town(place: Place) -> bool:
    return place.kind == PlaceKind.TOWN and place.population >= LARGE


def _with_all_words(conditions: Conditions, *, is_firm: bool = False) -> BitMap:
    """Listings that have every word; `is_firm`: without guessing at its spelling."""
    slots = conditions.match.slots if conditions.match else ()
    required = [slot for slot in slots if slot.is_required]
    parts = [_firmly(slot) if is_firm else slot.documents for slot in required]
    return BitMap.intersection(conditions.all(), *parts)


def _firmly(slot: Slot) -> BitMap:
    """Listings that have the word in any way but as another word that is spelled nearly so."""
    return BitMap.union(EMPTY, *(v.listings for v in slot.variants if v.kind != "edit"))

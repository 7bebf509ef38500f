"""What a query quotes: wanted words that must stand together, and those that must not.

The postings know which words a listing has, not where they stand. Names, labels and places decide
most; for the rest texts are read, of the best listings first, and no more than may keep everybody
waiting. Listings whose texts would have to be read and were not are not found, and the answer says
of how many the texts were read.
"""

from dataclasses import replace

import numpy as np
from django.conf import settings
from pyroaring import BitMap

from directory.search.entries import OWN_FIELDS
from directory.search.index import Index
from directory.search.quotations import (
    Standing,
    follows,
    in_names,
    standing,
    texts_of,
    with_all_in_name,
)
from directory.search.ranking import by_relevance
from directory.search.retrieval import Match
from directory.search.sorting import by_static
from directory.search.tables import bitmap_of


def with_quotations(index: Index, match: Match, first: BitMap) -> Match:
    """The match with its quoted words looked up.

    `first`: listings that meet every other condition. Where not all names or texts can be looked
    at, theirs are; but those of others count as well, in the facets.
    """
    wanted = match.question.phrases
    unwanted = [words for words in match.question.left_out if len(words) > 1]
    if not wanted and not unwanted:
        return match
    asked = [
        _looked_up(index, standing(index, one, match.documents), match, first) for one in wanted
    ]
    left_out = [
        _looked_up(index, standing(index, one, match.documents, OWN_FIELDS), match, first)
        for one in unwanted
    ]
    return _corrections_kept(_read(index, match, asked, left_out, first))


def _looked_up(index: Index, found: Standing, match: Match, first: BitMap) -> Standing:
    named = with_all_in_name(index, found)
    most = settings.QUOTED_NAMES_MAX
    return in_names(index, found, _best(index, match, named, first, most))


def _read(
    index: Index, match: Match, asked: list[Standing], left_out: list[Standing], first: BitMap
) -> Match:
    """The match without those in which a wanted phrase does not stand, or an unwanted one does."""
    keyed = match.exact_keys & match.documents
    gone = BitMap.union(BitMap(), *(found.sure for found in left_out))
    sure = BitMap.intersection(match.documents, *(found.sure for found in asked)) | keyed
    possible = BitMap.intersection(match.documents, *(found.possible for found in asked)) | keyed
    unclear_unwanted = BitMap.union(BitMap(), *(found.unclear for found in left_out))
    unclear = ((possible - sure) | (sure & unclear_unwanted)) - gone
    reading = _best(index, match, unclear, first, settings.QUOTED_TEXTS_MAX)
    kept = BitMap(
        number
        for number, texts in texts_of(index, reading)
        if (number in keyed or all(_stands(found, number, texts) for found in asked))
        and not any(_stands(found, number, texts) for found in left_out)
    )
    texts_read = len(reading) if len(reading) < len(unclear) else 0
    return replace(match, documents=(sure - gone - unclear) | kept, texts_read=texts_read)


def _stands(found: Standing, number: int, texts: list[list[str]]) -> bool:
    if number in found.unclear:
        return any(follows(found.phrase, words) for words in texts)
    return number in found.sure


def _best(index: Index, match: Match, listings: BitMap, first: BitMap, most: int) -> BitMap:
    """At most so many of the listings: those that are to be first, and of them the best."""
    if len(listings) <= most:
        return listings
    ordered = by_relevance if match.slots else _by_static
    numbers = ordered(index, match, listings & first, most)
    chosen = bitmap_of(np.sort(numbers))
    if len(chosen) < most:
        others = ordered(index, match, listings - first, most - len(chosen))
        chosen |= bitmap_of(np.sort(others))
    return chosen


def _by_static(index: Index, match: Match, documents: BitMap, most: int) -> np.ndarray:
    """As ranking.by_relevance, where there is nothing but words to be left out."""
    return by_static(index, documents, most)


def _corrections_kept(match: Match) -> Match:
    """Quoted words stand as they were typed or not at all: no other was searched for instead."""
    phrases = match.question.phrases
    if not phrases or not match.corrected:
        return match
    typed = match.question.typed
    quoted = {typed.get(word, word) for phrase in phrases for word in phrase}
    kept = tuple(pair for pair in match.corrected if pair[0] not in quoted)
    return replace(match, corrected=kept if match.documents else ())

"""Words that must stand next to each other: checked in the texts themselves."""

from collections.abc import Iterable, Iterator

import numpy as np
from pyroaring import BitMap

from directory.search.entries import FIELDS
from directory.search.gazetteer import Gazetteer
from directory.search.index import Index
from directory.search.reading import listings_of
from directory.search.words import words_of

# Listings whose texts are read for one phrase. Beyond, the names decide: the postings hold no
# positions, and reading more would keep everybody waiting.
READ_MAX = 2_000


def holding_phrase(index: Index, phrase: tuple[str, ...], within: BitMap) -> BitMap:
    """Those of the listings in which the words of the phrase follow each other.

    The name of a place stands in all that lie there or serve it.
    """
    anywhere = [
        BitMap.union(*(index.postings.get(name, word) for name in FIELDS)) for word in phrase
    ]
    candidates = BitMap.intersection(within, *anywhere)
    names = BitMap.intersection(candidates, *(index.postings.get("name", w) for w in phrase))
    found = BitMap(n for n in names if _follows(phrase, index.name_words(n)))
    found |= candidates & _by_labels(index, phrase)
    found |= within & in_places_called(index, phrase)
    unread = (candidates - found).to_array()[:READ_MAX] if candidates else ()
    found.update(_by_texts(index, phrase, np.asarray(unread, np.int64)))
    return found


def in_places_called(index: Index, phrase: tuple[str, ...]) -> BitMap:
    """Listings in a place that has this name, of several words, or serving it."""
    return index.postings.union("around", index.gazetteer.phrases.get(phrase))


def _by_labels(index: Index, phrase: tuple[str, ...]) -> BitMap:
    """Listings that carry a term with the phrase in one of its labels or synonyms."""
    found = [
        index.postings.get(*key)
        for label, keys in index.phrases.labels.items()
        if _follows(phrase, label)
        for key in keys
    ]
    return BitMap.union(*found) if found else BitMap()


def _by_texts(index: Index, phrase: tuple[str, ...], numbers: np.ndarray) -> Iterator[int]:
    ids = index.organization_ids(numbers)
    number_of = dict(zip(ids.tolist(), numbers.tolist(), strict=True))
    if not number_of:
        return
    for listing in listings_of(number_of, Gazetteer()):
        places = [word for spot in listing.spots for word in spot.words]
        texts = [*listing.other_names, *listing.texts, *places]
        if any(_follows(phrase, words_of(text)) for text in texts):
            yield number_of[listing.organization_id]


def _follows(phrase: Iterable[str], words: Iterable[str]) -> bool:
    wanted, given = list(phrase), list(words)
    length = len(wanted)
    return any(given[start : start + length] == wanted for start in range(len(given) - length + 1))

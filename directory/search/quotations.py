"""Words that must stand next to each other: in names and labels, and in texts that were read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from directory.search.entries import FIELDS
from directory.search.gazetteer import Gazetteer
from directory.search.index import Index
from directory.search.reading import listings_of
from directory.search.tables import numbers_in
from directory.search.words import words_of

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Listings in which a phrase stands for certain, and those of which only the texts can tell."""

    phrase: Phrase
    sure: BitMap
    unclear: BitMap

    @property
    def possible(self) -> BitMap:
        return self.sure | self.unclear


def standing(
    index: Index, phrase: Phrase, within: BitMap, fields: Sequence[str] = FIELDS
) -> Standing:
    """Where the words stand, of the listings that have all of them in some of the fields.

    The name of a place stands in all that lie there or serve it. The postings hold no positions:
    names are looked at one by one by `in_names`, the rest is told by texts.
    """
    anywhere = [
        BitMap.union(*(index.postings.get(name, word) for name in fields)) for word in phrase
    ]
    candidates = BitMap.intersection(within, *anywhere)
    sure = (candidates & _by_labels(index, phrase)) | (within & in_places_called(index, phrase))
    return Standing(phrase, sure, candidates - sure)


def with_all_in_name(index: Index, found: Standing) -> BitMap:
    """The unclear ones in whose names all words of the phrase stand, in some order."""
    names = (index.postings.get("name", word) for word in found.phrase)
    return BitMap.intersection(found.unclear, *names)


def in_names(index: Index, found: Standing, named: BitMap) -> Standing:
    """The same after a look at the names of some."""
    words = " ".join(found.phrase)
    holding = BitMap(number for number in named if index.name_holds(number, words))
    return Standing(found.phrase, found.sure | holding, found.unclear - holding)


def in_places_called(index: Index, phrase: Phrase) -> BitMap:
    """Listings in a place that has this name, of several words, or serving it."""
    return index.postings.union("around", index.gazetteer.phrases.get(phrase))


def texts_of(index: Index, listings: BitMap) -> Iterator[tuple[int, list[list[str]]]]:
    """The words of every text of listings by number, read from the database."""
    numbers = numbers_in(listings)
    ids = index.organization_ids(numbers)
    number_of = dict(zip(ids.tolist(), numbers.tolist(), strict=True))
    for listing in listings_of(number_of, Gazetteer()) if number_of else ():
        places = [word for spot in listing.spots for word in spot.words]
        texts = [listing.name, *listing.other_names, *listing.texts, *places]
        yield number_of[listing.organization_id], [words_of(text) for text in texts]


def follows(phrase: Iterable[str], words: Iterable[str]) -> bool:
    """Whether the words of the phrase stand next to each other."""
    wanted, given = list(phrase), list(words)
    length = len(wanted)
    return any(given[start : start + length] == wanted for start in range(len(given) - length + 1))


def _by_labels(index: Index, phrase: Phrase) -> BitMap:
    """Listings that carry a term with the phrase in one of its labels or synonyms."""
    found = [
        index.postings.get(*key)
        for label, keys in index.phrases.labels.items()
        if follows(phrase, label)
        for key in keys
    ]
    return BitMap.union(*found) if found else BitMap()

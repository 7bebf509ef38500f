"""The ways in which a word of a query may stand in a listing, each with a trust (RANKING.md 1.3)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pyroaring import BitMap

from directory.search.entries import FIELDS
from directory.search.index import Index
from directory.search.spelling import similar_words
from directory.search.tables import EMPTY

EXACT, STEM, SYNONYM, JOINED, SPLIT, PREFIX = 1.0, 0.93, 0.85, 0.93, 0.85, 0.6
EDITS = {1: 0.7, 2: 0.45}
KNOWN_WORD_DISCOUNT = 0.6  # An edit of a word that the index has itself.
KNOWN_FROM = 3  # Listings that have a word before it counts as known.
PREFIXES_MAX = 40
SPLITS_MAX = 2
SYNONYMS_MAX = 24


@dataclass
class Variant:
    """Words that may stand for a query word: any of `words`, or all of them if `is_compound`."""

    kind: str  # exact stem synonym place joined split prefix edit
    trust: float
    words: tuple[str, ...]
    by_field: tuple[BitMap, ...]  # listings, one bitmap for each of FIELDS
    is_compound: bool = False
    covers: int = 1  # query words that it stands for

    @cached_property
    def listings(self) -> BitMap:
        """Listings that have it in any field."""
        return BitMap.union(*self.by_field)


@dataclass
class Slot:
    """One word of a query, with its variants and the listings that have any of them."""

    word: str
    position: int
    is_required: bool
    variants: list[Variant] = field(default_factory=list)
    documents: BitMap = field(default_factory=BitMap)
    weight: float = 0.0  # inverse document frequency, a fifth of it for stop words

    def extend(self, variants: Iterable[Variant]) -> None:
        """Add variants; those that no listing has are left out."""
        for variant in variants:
            listings = variant.listings
            if listings:
                self.variants.append(variant)
                self.documents = self.documents | listings

    def weigh(self, index: Index) -> None:
        """Set the weight by how many listings have the word itself, its stem or a synonym."""
        firm = [
            v.listings for v in self.variants if v.kind in {"exact", "stem", "synonym", "place"}
        ]
        having = BitMap.union(*firm) if firm else self.documents
        n, total = len(having & index.live), len(index.live)
        self.weight = math.log(1 + (total - n + 0.5) / (n + 0.5)) * (1 if self.is_required else 0.2)


def any_of(index: Index, kind: str, trust: float, words: Iterable[str]) -> Variant:
    """A variant by any of some words."""
    given = tuple(words)
    by_field = tuple(index.postings.union(name, given) for name in FIELDS)
    return Variant(kind, trust, given, _live(index, by_field))


def _live(index: Index, by_field: tuple[BitMap, ...]) -> tuple[BitMap, ...]:
    """Without listings that changed or went: a word that only they had is no word any more."""
    if len(index.live) == len(index.names):
        return by_field
    return tuple(listings & index.live for listings in by_field)


def all_of(index: Index, kind: str, trust: float, words: tuple[str, ...]) -> Variant:
    """A variant by all of some words: in the name, or spread over the fields (then as a term's)."""
    names = [index.postings.get("name", word) for word in words]
    anywhere = [
        BitMap.union(*(index.postings.get(name, word) for name in FIELDS)) for word in words
    ]
    in_name = BitMap.intersection(*names)
    spread = BitMap.intersection(*anywhere) - in_name
    by_field = _live(index, (in_name, EMPTY, EMPTY, EMPTY, spread))
    return Variant(kind, trust, words, by_field, is_compound=True)


def firm_variants(index: Index, word: str) -> list[Variant]:
    """The word itself, words of its stem, synonyms and what it abbreviates: stage 1."""
    found = [
        any_of(index, "exact", EXACT, [word]),
        any_of(index, "stem", STEM, index.lexicon.stem_class(word)),
    ]
    phrases = index.phrases.synonyms(word)[:SYNONYMS_MAX]
    single = [phrase[0] for phrase in phrases if len(phrase) == 1 and len(phrase[0]) > 3]
    found.append(any_of(index, "synonym", SYNONYM, single))
    found += [all_of(index, "synonym", SYNONYM, phrase) for phrase in phrases if len(phrase) > 1]
    if run := index.abbreviations.get(word):
        found.append(all_of(index, "synonym", SYNONYM, run))
    return found


def place_variant(index: Index, phrase: tuple[str, ...], paths: list[str]) -> Variant:
    """Several words as the name of a place: `nueva york` → New York City."""
    around = index.postings.union("around", paths)
    by_field = _live(index, (EMPTY, EMPTY, around, EMPTY, EMPTY))
    return Variant("place", EXACT, phrase, by_field, is_compound=True)


def prefix_variants(index: Index, word: str) -> list[Variant]:
    """Words that begin like the last word, which may be half typed."""
    if len(word) < 2:
        return []
    words = index.lexicon.beginning_with(word, PREFIXES_MAX)
    return [any_of(index, "prefix", PREFIX, words)]


def joined_variant(index: Index, first: str, second: str) -> list[Variant]:
    """Two neighbours as one word: `uni on` → union."""
    joined = first + second
    if joined not in index.lexicon:
        return []
    variant = any_of(index, "joined", JOINED, [joined, *index.lexicon.stem_class(joined)])
    variant.covers = 2
    return [variant]


def split_variants(index: Index, word: str) -> list[Variant]:
    """One word as two: `foodcoop` → food coop; the cuts that most names have."""
    cuts = [
        (word[:cut], word[cut:])
        for cut in range(2, len(word) - 1)
        if word[:cut] in index.lexicon and word[cut:] in index.lexicon
    ]
    found = [all_of(index, "split", SPLIT, cut) for cut in cuts]
    found = [variant for variant in found if variant.listings]
    found.sort(key=lambda v: (-len(v.by_field[0]), -len(v.by_field[1]), v.words))
    return found[:SPLITS_MAX]


def edit_variants(index: Index, word: str, *, is_known: bool) -> list[Variant]:
    """Words of nearly the same letters, those of one edit apart from those of two."""
    discount = KNOWN_WORD_DISCOUNT if is_known else 1.0
    similar = similar_words(word, index.lexicon)
    return [
        any_of(index, "edit", trust * discount, words)
        for edits, trust in EDITS.items()
        if (words := [other for other, count in similar if count == edits])
    ]


def is_known(index: Index, word: str) -> bool:
    """Whether enough listings have the word for it to be taken as meant."""
    return len(any_of(index, "exact", EXACT, [word]).listings & index.live) >= KNOWN_FROM

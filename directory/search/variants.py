"""The ways in which a word of a query may stand in a listing, each with a trust (RANKING.md 1.3)."""

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from pyroaring import BitMap

from directory.models import Scheme
from directory.search.entries import FIELDS, OWN_FIELDS
from directory.search.index import Index
from directory.search.stems import have_spoken_stem
from directory.search.tables import EMPTY
from directory.search.words import is_stop_word, is_unspaced_letter, lost_a_letter

EXACT, STEM, SYNONYM = 1.0, 0.93, 0.85
ABBREVIATED = 0.95  # What the word is the initials of, as a synonym.
# A synonym in a listing that does not carry the term. What a type is called is one thing; of a
# sector, many: mushrooms are found under forestry, but are not what a forest is called.
ELSEWHERE, ELSEWHERE_OF_SECTOR = 0.6, 0.4
FIRM = frozenset({"exact", "stem", "synonym", "place"})  # Kinds that guess nothing.
KNOWN_FROM = 3  # Listings that have a word before it counts as known.
# Pairs of letters that are looked up for one letter: they hold nearly all listings that any pair
# does, and reading all of a frequent letter's would take longer than the rest of the search.
PAIRS_MAX = 200
SYNONYMS_MAX = 40
# A synonym that stands in so many names, few of them of its term, means something else there:
# French `syndicat` is a union, but a credit union is none.
FRIENDS_FROM, FRIENDS_SHARE = 3, 0.25
# So does one that is in the texts of so many listings, of whom hardly any carry its term: Spanish
# `uñas` are nails, but `unas` some.
COMMON_SHARE, COMMON_FRIENDS_SHARE = 0.02, 0.05


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
        firm = [v.listings for v in self.variants if v.kind in FIRM]
        having = BitMap.union(*firm) if firm else self.documents
        n, total = len(having & index.live), len(index.live)
        self.weight = math.log(1 + (total - n + 0.5) / (n + 0.5)) * (1 if self.is_required else 0.2)
        if not firm:  # A guess says less, however rare it is.
            self.weight *= max((variant.trust for variant in self.variants), default=1.0)


def is_had(slot: Slot) -> bool:
    """Whether a listing has the word itself, and not only one that some language bends alike."""
    return any(variant.kind in FIRM and variant.kind != "stem" for variant in slot.variants)


def meant_word(slot: Slot) -> tuple[str, float]:
    """The word that a word of the query was taken as, and how far that is to be trusted."""
    if is_had(slot):
        return slot.word, 1.0
    taken = next((v for v in slot.variants if v.kind == "edit"), None)
    return (taken.words[0], taken.trust) if taken else (slot.word, 1.0)


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
    """A variant by all of some words: in the name, or spread over fields (then as a term's)."""
    names = [index.postings.get("name", word) for word in words]
    anywhere = [
        BitMap.union(*(index.postings.get(name, word) for name in FIELDS)) for word in words
    ]
    in_name = BitMap.intersection(*names)
    spread = BitMap.intersection(*anywhere) - in_name
    by_field = _live(index, (in_name, EMPTY, EMPTY, EMPTY, spread))
    return Variant(kind, trust, words, by_field, is_compound=True)


def firm_variants(
    index: Index, word: str, besides: Container[str] = (), typed: str = ""
) -> list[Variant]:
    """The word itself, words of its stem, synonyms and what it abbreviates: stage 1.

    `besides` are the other words of the query: they are not looked for twice. `typed`: the word as
    somebody typed it.
    """
    found = [
        _itself(index, word, typed),
        any_of(index, "stem", STEM, _of_its_stem(index, word)),
        *_synonym_variants(index, word, besides),
    ]
    if run := index.abbreviations.get(word):
        found.append(all_of(index, "synonym", SYNONYM, run))
    return found


def _itself(index: Index, word: str, typed: str) -> Variant:
    """The word; not in texts where these rather have the article that `uñas` looks like."""
    itself = any_of(index, "exact", EXACT, [word])
    if not (is_stop_word(word) and lost_a_letter(typed)):
        return itself
    return replace(
        itself,
        by_field=tuple(
            EMPTY if name == "text" else having
            for name, having in zip(FIELDS, itself.by_field, strict=True)
        ),
    )


def _of_its_stem(index: Index, word: str) -> list[str]:
    """Words of the same stem; of a single letter of an unspaced script, the pairs that hold it:
    such scripts are posted in pairs, and 빵 is a word in 빵집."""
    if is_unspaced_letter(word):
        return index.lexicon.pairs_with(word, PAIRS_MAX)
    return telling(index.lexicon.stem_class(word))


def _synonym_variants(index: Index, word: str, besides: Container[str]) -> list[Variant]:
    """What the terms are called besides: more to be trusted in the listings that carry them."""
    keys = index.phrases.named_by(word)
    if not keys:
        return []
    carriers = BitMap.union(*(_carriers(index, key) for key in keys))
    phrases = [one for one in index.phrases.synonyms(word) if not any(w in besides for w in one)]
    single = [one[0] for one in phrases[:SYNONYMS_MAX] if len(one) == 1 and len(one[0]) > 3]
    alike = any_of(index, "synonym", SYNONYM, _friends(index, single, carriers))
    is_type = any(scheme == Scheme.TYPE for scheme, _code in keys)
    compounds = [one for one in phrases[:SYNONYMS_MAX] if len(one) > 1]
    return [
        *(_carrying(index, key) for key in keys),
        _within(alike, carriers),
        _outside(alike, carriers, ELSEWHERE if is_type else ELSEWHERE_OF_SECTOR),
        *(_compound(index, word, one) for one in compounds),
    ]


def _compound(index: Index, word: str, phrase: tuple[str, ...]) -> Variant:
    """A synonym of several words, all in one field: `fcu` → federal credit union."""
    is_spelled_out = word == "".join(other[0] for other in phrase)
    trust = ABBREVIATED if is_spelled_out else SYNONYM
    by_field = tuple(
        BitMap.intersection(*(index.postings.get(name, one) for one in phrase))
        for name in OWN_FIELDS
    )
    return Variant("synonym", trust, phrase, _live(index, (*by_field, EMPTY)), is_compound=True)


def _carrying(index: Index, key: tuple[str, str]) -> Variant:
    """The listings that carry a term of this name, whatever form of it was typed."""
    words = index.phrases.phrases_of[key][0]
    by_field = (EMPTY, EMPTY, EMPTY, EMPTY, _carriers(index, key))
    return Variant("synonym", STEM, words, by_field, is_compound=True)


def _carriers(index: Index, key: tuple[str, str]) -> BitMap:
    return _live(index, (index.postings.get(*key),))[0]


def _friends(index: Index, words: list[str], carriers: BitMap) -> list[str]:
    """The words, in any ending, that do not mean something else in most names."""
    friends = [one for one in words if _is_friend(index, one, carriers)]
    endings = [same for one in friends for same in spoken_endings(index, one)]
    return telling([*friends, *endings])


def spoken_endings(index: Index, word: str) -> list[str]:
    """Words of its stem. What nobody typed is not bent by the rules of languages in which no label
    is written: Catalan ones make `fournit` (supplies) of French `fournil` (bakehouse).
    """
    same_stem = index.lexicon.stem_class(word)
    return [same for same in same_stem if have_spoken_stem(word, same)]


def telling(words: Iterable[str]) -> list[str]:
    """The words without articles and prepositions, each once."""
    return [word for word in dict.fromkeys(words) if not is_stop_word(word)]


def _is_friend(index: Index, word: str, carriers: BitMap) -> bool:
    named, written = _live(index, tuple(index.postings.get(f, word) for f in ("name", "text")))
    is_everywhere = len(written) > COMMON_SHARE * len(index.live) and len(written) >= FRIENDS_FROM
    return not (
        (len(named) >= FRIENDS_FROM and _share(named, carriers) < FRIENDS_SHARE)
        or (is_everywhere and _share(written, carriers) < COMMON_FRIENDS_SHARE)
    )


def _share(listings: BitMap, carriers: BitMap) -> float:
    return listings.intersection_cardinality(carriers) / len(listings)


def _within(variant: Variant, listings: BitMap) -> Variant:
    return replace(variant, by_field=tuple(field & listings for field in variant.by_field))


def _outside(variant: Variant, listings: BitMap, trust: float) -> Variant:
    """The same where the listings do not carry it; there only what they say themselves counts."""
    own = tuple(field - listings for field in variant.by_field[: len(OWN_FIELDS)])
    return replace(variant, trust=trust, by_field=(*own, EMPTY))


def place_variant(index: Index, phrase: tuple[str, ...], paths: list[str]) -> Variant:
    """Several words as the name of a place: `nueva york` → New York City."""
    around = index.postings.union("around", paths)
    by_field = _live(index, (EMPTY, EMPTY, around, EMPTY, EMPTY))
    return Variant("place", EXACT, phrase, by_field, is_compound=True)


def is_known(index: Index, word: str) -> bool:
    """Whether enough listings have the word for it to be taken as meant."""
    return len(any_of(index, "exact", EXACT, [word]).listings & index.live) >= KNOWN_FROM

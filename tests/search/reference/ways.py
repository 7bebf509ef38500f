"""The ways in which a word of a query may stand in a listing (RANKING.md 1.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import Stemmer

from directory.search.words import is_stop_word, words_of
from tests.search.reference.spelling import similar_words
from tests.search.reference.world import FIELDS, World, names_of_place

LATIN = (
    "english spanish portuguese french german italian dutch catalan danish norwegian swedish "
    "finnish romanian hungarian"
).split()
STEMMERS = {name: Stemmer.Stemmer(name) for name in [*LATIN, "greek", "russian"]}
SCRIPTS = {"greek": ("\u0370", "\u03ff"), "russian": ("\u0400", "\u04ff")}


@dataclass
class Way:
    """Words that may stand for a query word, and in which fields of which listings they do."""

    kind: str
    trust: float
    words: tuple[str, ...]
    stands: dict[int, set[str]]  # listing → fields
    takes_all: bool = False  # All of `words` together, not any of them.


@dataclass
class Word:
    """A word of a query."""

    text: str
    position: int
    is_required: bool
    ways: list[Way] = field(default_factory=list)
    weight: float = 0.0

    def add(self, *ways: Way) -> None:
        """Ways that no listing has are none."""
        self.ways += [way for way in ways if way.stands]

    @property
    def found(self) -> set[int]:
        """Listings that have the word in any way."""
        return {pk for way in self.ways for pk in way.stands}


def any_of(world: World, kind: str, trust: float, words: Iterable[str]) -> Way:
    """A way by any of some words, in any field."""
    wanted = tuple(words)
    stands = {}
    for entry in world.entries:
        fields = {name for name in FIELDS if entry.words[name] & {*wanted}}
        if fields:
            stands[entry.pk] = fields
    return Way(kind, trust, wanted, stands)


def all_of(world: World, kind: str, trust: float, words: tuple[str, ...]) -> Way:
    """ "AND of its words, name bitmap if all in the name"; spread over fields it counts as a
    term's."""
    stands = {}
    for entry in world.entries:
        anywhere = set().union(*entry.words.values())
        if {*words} <= entry.words["name"]:
            stands[entry.pk] = {"name"}
        elif {*words} <= anywhere:
            stands[entry.pk] = {"term"}
    return Way(kind, trust, words, stands, takes_all=True)


def firm(world: World, word: str) -> list[Way]:
    """ "exact 1.0; same stem 0.93; synonym or abbreviation 0.85"."""
    stems = sorted(other for other in world.counts if other != word and same_stem(word, other))
    ways = [any_of(world, "exact", 1.0, [word]), any_of(world, "stem", 0.93, stems)]
    others = [
        phrase
        for key in world.terms
        if key[0] in {"type", "value", "sector"} and (word,) in world.phrases(key)
        for phrase in world.phrases(key)
        if phrase != (word,)
    ]
    single = [phrase[0] for phrase in others if len(phrase) == 1 and len(phrase[0]) > 3]
    ways.append(any_of(world, "synonym", 0.85, single))
    ways += [all_of(world, "synonym", 0.85, p) for p in dict.fromkeys(others) if len(p) > 1]
    return ways


def same_stem(one: str, other: str) -> bool:
    """ "A word's stem class = words sharing any stem and length ratio >= 0.6"; a Latin stem has
    three letters and more than half of the longer word."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 0.6 * longer or one.isdigit() or other.isdigit():
        return False
    if one.isascii() and other.isascii():
        stems = [(s.stemWord(one), s.stemWord(other)) for s in map(STEMMERS.get, LATIN)]
        return any(a == b and len(a) >= max(longer // 2 + 1, 3) for a, b in stems)
    for language, (first, last) in SCRIPTS.items():
        if shorter >= 3 and first <= one[0] <= last and first <= other[0] <= last:
            return STEMMERS[language].stemWord(one) == STEMMERS[language].stemWord(other)
    return False


def named_place(world: World, words: tuple[str, ...]) -> Way:
    """Words that together are the name of a place find who lies there or serves it."""
    stands = {}
    for entry in world.entries:
        served = [area.path for area in entry.areas]
        for path in [*entry.located, *served]:
            parts = path.split("/")
            for end in range(1, len(parts) + 1):
                names = names_of_place(world, "/".join(parts[:end]))
                if words in [tuple(words_of(name)) for name in names]:
                    stands[entry.pk] = {"place"}
    return Way("place", 1.0, words, stands, takes_all=True)


def joined(world: World, first: str, second: str) -> list[Way]:
    """ "neighbours joined 0.93 (`uni on` -> union)"."""
    both = first + second
    if both not in world.counts:
        return []
    stems = sorted(other for other in world.counts if other != both and same_stem(both, other))
    return [any_of(world, "joined", 0.93, [both, *stems])]


def split(world: World, word: str) -> list[Way]:
    """ "Split in two: every cut with both halves in the lexicon, best two by number of names
    holding both 0.85"."""
    cuts = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
    ways = [
        all_of(world, "split", 0.85, cut)
        for cut in cuts
        if all(half in world.counts for half in cut)
    ]

    def place(way: Way) -> tuple:
        return -sum("name" in fields for fields in way.stands.values()), way.words

    return sorted([way for way in ways if way.stands], key=place)[:2]


def beginnings(world: World, word: str) -> list[Way]:
    """ "Prefix of the last word 0.6 (40 most frequent)"."""
    if len(word) < 2:
        return []
    longer = [other for other in world.counts if other.startswith(word) and other != word]
    longer.sort(key=lambda other: (-world.counts[other], other))
    return [any_of(world, "prefix", 0.6, longer[:40])]


def edited(world: World, word: str, *, is_known: bool) -> list[Way]:
    """ "One edit 0.7; two edits 0.45 (x 0.6 for a word the index has in >= 3 documents)"."""
    similar = similar_words(world, word)
    discount = 0.6 if is_known else 1.0
    return [
        any_of(
            world, "edit", trust * discount, [w for w, edits in similar.items() if edits == count]
        )
        for count, trust in ((1, 0.7), (2, 0.45))
    ]


def says_something(words: Iterable[str]) -> bool:
    """Whether any of the words is more than an article or a preposition."""
    return any(not is_stop_word(word) for word in words)

"""The ways in which a word of a query may stand in a listing (RANKING.md 1.3)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import Stemmer

from directory.search.words import is_stop_word, is_unspaced_letter, words_of
from tests.search.reference.spelling import similar_words
from tests.search.reference.world import FIELDS, Key, World, names_of_place

LATIN = (
    "english spanish portuguese french german italian dutch catalan danish norwegian swedish "
    "finnish romanian hungarian"
).split()
STEMMERS = {name: Stemmer.Stemmer(name) for name in [*LATIN, "greek", "russian"]}
FIRM = {"exact", "stem", "synonym", "place"}
OWN = ("name", "other_name", "place", "text")
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


def firm(world: World, word: str, besides: Iterable[str] = ()) -> list[Way]:
    """ "exact 1.0; same stem 0.93; synonym or abbreviation 0.85". `besides`: words that the query
    has as well, which are not looked for twice (ADR 10)."""
    stems = pairs_with(world, word) if is_unspaced_letter(word) else endings(world, word)
    ways = [any_of(world, "exact", 1.0, [word]), any_of(world, "stem", 0.93, telling(stems))]
    keys = named(world, word)
    if not keys:
        return ways
    carriers = {entry.pk for entry in world.entries if {*entry.terms} & {*keys}}
    phrases = [
        phrase
        for key in keys
        for phrase in world.phrases(key)
        if phrase != (word,) and not {*phrase} & {*besides}
    ]
    phrases = list(dict.fromkeys(phrases))
    ways += [_carried(world, key) for key in keys]
    ways += _synonyms(world, [p[0] for p in phrases if len(p) == 1], carriers, keys)
    return ways + [_spelled_out(world, word, p) for p in phrases if len(p) > 1]


def named(world: World, word: str) -> list[Key]:
    """Terms of this name, or of a name that is this without its blanks; or else in another ending."""
    keys = [key for key in world.terms if key[0] in {"type", "value", "sector"}]
    exact = [key for key in keys if is_name(world, key, word)]
    return exact or [key for key in keys if any(is_called((word,), p) for p in world.phrases(key))]


def is_name(world: World, key: Key, word: str) -> bool:
    """Whether a word is a label or synonym, or one of seven letters and more without its blanks."""
    return any(
        (word,) == phrase or (len(phrase) > 1 and len(word) >= 7 and word == "".join(phrase))
        for phrase in world.phrases(key)
    )


def is_called(words: Iterable[str], label: Iterable[str]) -> bool:
    """ "Endings and stop words may differ": word by word the same, or of one stem in one of the
    languages of labels (ADR 10)."""
    ours, theirs = telling(words), telling(label)
    if not ours or len(ours) != len(theirs):
        return False
    pairs = list(zip(ours, theirs, strict=True))
    return all(a == b or same_stem(a, b) for a, b in pairs) and any(
        all(stem_in(language, a) == stem_in(language, b) for a, b in pairs)
        for language in LATIN[:4]
    )


def telling(words: Iterable[str]) -> list[str]:
    """The words without articles and prepositions."""
    return [word for word in words if not is_stop_word(word)]


def stem_in(language: str, word: str) -> str:
    """The stem of a word; of Greek and Russian by the script, of others the word itself."""
    if word.isascii():
        return STEMMERS[language].stemWord(word)
    for other, (first, last) in SCRIPTS.items():
        if len(word) >= 3 and first <= word[0] <= last:
            return STEMMERS[other].stemWord(word)
    return word


def _carried(world: World, key: Key) -> Way:
    """Who carries a term that was named, whatever form of its name was typed (ADR 10)."""
    stands = {entry.pk: {"term"} for entry in world.entries if key in entry.terms}
    return Way("synonym", 0.93, world.phrases(key)[0], stands, takes_all=True)


def _synonyms(world: World, words: list[str], carriers: set[int], keys: list[Key]) -> list[Way]:
    """Names of one word: 0.85 where the term is carried; elsewhere 0.6, of a sector 0.4. A word
    that stands in three names and more, fewer than a quarter of them carriers', is none (ADR 10);
    nor one in three texts and more than 2 in 100, fewer than one in 20 of them carriers' (ADR 27)."""
    friends = []
    for word in words:
        named, written = (
            {entry.pk for entry in world.entries if word in entry.words[kind]}
            for kind in ("name", "text")
        )
        is_common = len(written) >= 3 and len(written) > 0.02 * len(world.entries)
        means_else = len(named) >= 3 and len(named & carriers) < 0.25 * len(named)
        means_else |= is_common and len(written & carriers) < 0.05 * len(written)
        if len(word) > 3 and not means_else:
            friends.append(word)
    friends += [other for word in friends for other in spoken_endings(world, word)]
    way = any_of(world, "synonym", 0.85, telling(friends))
    elsewhere = 0.6 if any(scheme == "type" for scheme, _code in keys) else 0.4
    inside = {pk: fields for pk, fields in way.stands.items() if pk in carriers}
    outside = {pk: fields - {"term"} for pk, fields in way.stands.items() if pk not in carriers}
    outside = {pk: fields for pk, fields in outside.items() if fields}
    return [replace(way, stands=inside), replace(way, trust=elsewhere, stands=outside)]


def _spelled_out(world: World, word: str, phrase: tuple[str, ...]) -> Way:
    """A name of several words, all in one field; what the word is the initials of 0.95 (ADR 10)."""
    stands = {}
    for entry in world.entries:
        fields = {name for name in OWN if {*phrase} <= entry.words[name]}
        if fields:
            stands[entry.pk] = fields
    trust = 0.95 if word == "".join(other[0] for other in phrase) else 0.85
    return Way("synonym", trust, phrase, stands, takes_all=True)


def endings(world: World, word: str) -> list[str]:
    """The other words of its stem class."""
    return sorted(other for other in world.counts if other != word and same_stem(word, other))


def spoken_endings(world: World, word: str) -> list[str]:
    """Those of its stem class that have its stem in a language of labels."""
    return [
        other
        for other in endings(world, word)
        if any(stem_in(language, word) == stem_in(language, other) for language in LATIN[:4])
    ]


def pairs_with(world: World, letter: str) -> list[str]:
    """Unspaced scripts are posted in pairs of letters: a single letter is a word within them."""
    return sorted(other for other in world.counts if len(other) == 2 and letter in other)


def same_stem(one: str, other: str) -> bool:
    """ "A word's stem class = words sharing any stem and length ratio >= 0.6"; of the longer word,
    the stem or the common beginning is at least 0.65, 0.7 where both are as long, 0.8 in languages
    that no label is in (ADR 10)."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < max(3, 0.6 * longer) or one.isdigit() or other.isdigit():
        return False
    if one.isascii() and other.isascii():
        begins = next((n for n in range(shorter) if one[n] != other[n]), shorter)
        for language in LATIN:
            least = 0.8 if language not in LATIN[:4] else 0.7 if shorter == longer else 0.65
            stem = stem_in(language, one)
            if stem == stem_in(language, other) and max(len(stem), begins) >= least * longer:
                return True
        return False
    for first, last in SCRIPTS.values():
        if first <= one[0] <= last and first <= other[0] <= last:
            return stem_in("", one) == stem_in("", other)
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
    return [any_of(world, "joined", 0.93, [both, *endings(world, both)])]


def split(world: World, word: str) -> list[Way]:
    """ "Split in two: every cut with both halves in the lexicon, best two by number of names
    holding both 0.85"; no number, none of four letters, and not
    into words that say nothing (ADR 27)."""
    if word.isdigit() or len(word) < 5:
        return []
    cuts = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
    cuts = [cut for cut in cuts if telling(cut)]
    ways = [
        all_of(world, "split", 0.85, cut)
        for cut in cuts
        if all(half in world.counts for half in cut)
    ]

    def place(way: Way) -> tuple:
        return -sum("name" in fields for fields in way.stands.values()), way.words

    return sorted([way for way in ways if way.stands], key=place)[:2]


def beginnings(world: World, word: str) -> list[Way]:
    """ "Prefix of the last word 0.6 (40 most frequent)": of words in names any, of others those of
    which 0.7 are typed (ADR 27)."""
    if len(word) < 2 or any(letter.isdigit() for letter in word):
        return []
    longer = [other for other in world.counts if other.startswith(word) and other != word]
    stands = {}
    for entry in world.entries:
        fields = {
            name
            for name in FIELDS
            for other in longer
            if other in entry.words[name]
            and (name in {"name", "other_name"} or len(word) >= 0.7 * len(other))
        }
        if fields:
            stands[entry.pk] = fields
    return [Way("prefix", 0.6, tuple(longer), stands)]


def edited(world: World, word: str, *, is_known: bool) -> list[Way]:
    """ "One edit 0.7; two edits 0.45 (x 0.6 for a word the index has)"; the likeliest in any ending
    of the languages of labels (ADR 27)."""
    similar = similar_words(world, word)
    if not similar:
        return []
    likeliest = next(iter(similar))
    trust = {1: 0.7, 2: 0.45}[similar[likeliest]] * (0.6 if is_known else 1.0)
    words = [*similar, *spoken_endings(world, likeliest)]
    return [any_of(world, "edit", trust, telling(dict.fromkeys(words)))]


def is_had(word: Word) -> bool:
    """Whether more than an ending stands for it."""
    return any(way.kind in FIRM and way.kind != "stem" for way in word.ways)


def meant(word: Word) -> tuple[str, float]:
    """What a word was taken as, and its trust: the likeliest edit where nothing firm stands for it
    (ADR 10)."""
    if is_had(word):
        return word.text, 1.0
    taken = next((way for way in word.ways if way.kind == "edit"), None)
    return (taken.words[0], taken.trust) if taken else (word.text, 1.0)


def says_something(words: Iterable[str]) -> bool:
    """Whether any of the words is more than an article or a preposition."""
    return any(not is_stop_word(word) for word in words)

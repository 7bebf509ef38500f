"""Which listings the words of a query find (RANKING.md 1.4)."""

import math
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from urllib.parse import urlsplit

from directory.search.words import forms_of, is_stop_word, words_of
from tests.search.reference import ways
from tests.search.reference.naming import claimable, named_terms
from tests.search.reference.ways import Word
from tests.search.reference.world import Entry, Key, World

ENOUGH = 3  # ">= 3 hits: done".


@dataclass
class Asked:
    """The words of a query taken apart."""

    wanted: list[str] = field(default_factory=list)  # pieces, quoted ones as one
    phrases: list[list[str]] = field(default_factory=list)
    left_out: list[list[str]] = field(default_factory=list)


@dataclass
class Matched:
    """Listings found by words, and the words with their ways and weights."""

    found: set[int]
    words: list[Word]
    keyed: set[int]
    dropped: tuple[str, ...] = ()


def matched(world: World, text: str) -> Matched:
    """The listings that the words find, whatever else is asked."""
    asked = take_apart(text)
    keyed = {entry.pk for entry in world.entries if keys_of(entry) & keys_in(text)}
    words = words_of(" ".join(asked.wanted))[:24]
    answer = Matched(set(), [], keyed)
    if words:
        answer = _in_stages(world, asked, words, keyed)
    elif asked.left_out:
        answer.found = {entry.pk for entry in world.entries}
    by_pk = {entry.pk: entry for entry in world.entries}
    for phrase in asked.phrases:
        answer.found = {pk for pk in answer.found if holds_phrase(world, by_pk[pk], phrase)}
    answer.found |= keyed
    named = [*named_terms(world, [ways.meant(word)[0] for word in answer.words])]
    for left_out in asked.left_out:
        found = [by_pk[pk] for pk in sorted(answer.found)]
        answer.found -= called_so(world, found, left_out, named)
    return answer


def take_apart(text: str) -> Asked:
    """Quoted phrases and exclusions (`-bank`, `-"credit union"`) told from the rest."""
    asked = Asked()
    rest = text.strip()
    while rest:
        minus = rest.startswith('-"')
        if minus or rest.startswith('"'):
            piece, _quote, rest = rest.removeprefix("-").removeprefix('"').partition('"')
        else:
            piece, _blank, rest = rest.partition(" ")
            minus = piece.startswith("-") and piece[1:2].isalnum()
            (asked.left_out.append(words_of(piece)) if minus else asked.wanted.append(piece))
            rest = rest.lstrip()
            continue
        if minus:
            asked.left_out.append(words_of(piece))
        else:
            asked.wanted.append(piece)
            asked.phrases.append(words_of(piece))
        rest = rest.lstrip()
    asked.phrases = [words for words in asked.phrases if len(words) > 1]
    asked.left_out = [words for words in asked.left_out if words]
    return asked


def _in_stages(world: World, asked: Asked, texts: list[str], keyed: set[int]) -> Matched:
    """ "1. All words. >= 3 hits: done. 2. Spelling. 3. Most words. Earlier hits stay in." """
    words = _words(world, asked, texts)
    required = [word for word in words if word.is_required]
    found = all_words(world, required)
    dropped: tuple[str, ...] = ()
    if len(found) < ENOUGH and not keyed:
        unknown = _loosen(world, words)
        if not found and not all_words(world, required):
            _loosen_rare(world, [word for word in required if word not in unknown])
        found |= all_words(world, required)
        if len(found) < ENOUGH:
            _weigh(world, words)
            found |= most_words(world, required)
        # "Words with no document at all leave the sum (name them)": none of those that are found.
        dropped = tuple(word.text for word in required if not word.found & found)
    _weigh(world, words)
    return Matched(found, words, keyed, dropped)


def _words(world: World, asked: Asked, texts: list[str]) -> list[Word]:
    """ "Stop words of the languages never are required"; where none says more, all are."""
    has_telling = ways.says_something(texts)
    words = [
        Word(text, place, is_required=not (has_telling and is_stop_word(text)))
        for place, text in enumerate(texts)
    ]
    for word in words:
        word.add(*ways.firm(world, word.text, {*texts} - {word.text}))
    # "Also indexed: one-word form of hyphenated words and of dotted initials".
    for form in sorted(forms_of(" ".join(asked.wanted))):
        for start in range(len(words)):
            for end in range(start + 2, min(len(words), start + 8) + 1):
                if "".join(texts[start:end]) == form:
                    for word in words[start:end]:
                        word.add(ways.any_of(world, "exact", 1.0, [form]))
    # "Neighbours that are a known word, or a label, together" (ADR 10).
    for first, second in pairwise(words):
        both = first.text + second.text
        is_label = any((both,) in world.phrases(key) for key in claimable(world))
        if is_label or len(ways.any_of(world, "exact", 1.0, [both]).stands) >= 3:
            for word in (first, second):
                word.add(*ways.joined(world, first.text, second.text))
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + 5) + 1):
            for word in words[start:end]:
                word.add(ways.named_place(world, tuple(texts[start:end])))
    return words


def _loosen(world: World, words: list[Word]) -> list[Word]:
    """ "Add joins, splits, last-word prefix, and edits only for words the index has not" (ADR 27);
    those words are given back."""
    unknown = [word for word in words if word.is_required and not ways.is_had(word)]
    for first, second in pairwise(words):
        for word in (first, second):
            word.add(*ways.joined(world, first.text, second.text))
    for word in unknown:
        word.add(*ways.split(world, word.text))
        word.add(*ways.edited(world, word.text, is_known=False))
    if words[-1].is_required:
        words[-1].add(*ways.beginnings(world, words[-1].text))
    return unknown


def _loosen_rare(world: World, words: list[Word]) -> None:
    """ "... or has in < 3 documents, where nothing is found otherwise" (ADR 27)."""
    for word in words:
        if len(ways.any_of(world, "exact", 1.0, [word.text]).stands) < 3:
            word.add(*ways.split(world, word.text))
            word.add(*ways.edited(world, word.text, is_known=True))


def all_words(world: World, words: list[Word]) -> set[int]:
    """ "AND over words of OR over variants, any field per word"."""
    return {entry.pk for entry in world.entries if all(entry.pk in word.found for word in words)}


def most_words(world: World, words: list[Word]) -> set[int]:
    """ "The subsets of the 7 heaviest words in falling order of idf sum, OR their ANDs in, until
    the sum < max(0.4 total, 0.5 best subset that hit) or 1,000 documents"."""
    having = [word for word in words if word.found]
    heaviest = sorted(having, key=lambda word: (-word.weight, word.position))[:7]
    subsets = [
        (sum(word.weight for word in chosen), chosen)
        for size in range(len(heaviest), 0, -1)
        for chosen in combinations(heaviest, size)
    ]
    subsets.sort(key=lambda subset: (-subset[0], [word.position for word in subset[1]]))
    total = sum(word.weight for word in heaviest)
    found: set[int] = set()
    best = 0.0
    for weight, chosen in subsets:
        if weight < max(0.4 * total, 0.5 * best):
            break
        hits = all_words(world, list(chosen))
        if hits:
            best = max(best, weight)
        found |= hits
    return found


def _weigh(world: World, words: list[Word]) -> None:
    """ "idf = ln(1 + (N-n+.5)/(n+.5)), n = documents of the exact+stem+synonym variants together (of
    all variants if these are none)"; "stop words' idf counts 0.2"."""
    total = len(world.entries)
    for word in words:
        firm = [w for w in word.ways if w.kind in ways.FIRM]
        having = {pk for way in firm or word.ways for pk in way.stands}
        n = len(having)
        word.weight = math.log(1 + (total - n + 0.5) / (n + 0.5))
        if not word.is_required:
            word.weight *= 0.2
        if not firm:  # "A guess says less, however rare it is" (ADR 10).
            word.weight *= max((way.trust for way in word.ways), default=1.0)


def follows(phrase: list[str], words: list[str]) -> bool:
    """Whether the words of the phrase stand next to each other."""
    starts = range(len(words) - len(phrase) + 1)
    return any(words[start : start + len(phrase)] == phrase for start in starts)


def holds_phrase(world: World, entry: Entry, phrase: list[str]) -> bool:
    """ "Quoted phrases": in one text of the listing, in a label of a term it carries, or the whole
    name of its place."""
    if entry.pk in ways.named_place(world, tuple(phrase)).stands:
        return True
    written = [word for spot in entry.spots for word in spot.written]
    texts = [entry.row.name, *entry.other_names, *entry.texts, *written]
    labels = [words for key in entry.terms for words in world.phrases(key)]
    return any(follows(phrase, words_of(text)) for text in texts) or any(
        follows(phrase, [*label]) for label in labels
    )


def called_so(world: World, found: list[Entry], left_out: list[str], asked: list[Key]) -> set[int]:
    """Which of those found have what is left out: in their own words, or as the name of a term.

    A word of a longer label does not count, or `-federal` would leave out every credit union; nor
    does a term that ninety-nine in a hundred carry of those who carry one that is asked for (ADR 10).
    """
    taken = {entry.pk for entry in found if has_itself(world, entry, left_out)}
    for key in claimable(world):
        is_so_called = len(left_out) == 1 and ways.is_name(world, key, left_out[0])
        for label in world.phrases(key):
            is_so_called |= tuple(left_out) == label or ways.is_called(left_out, label)
        if is_so_called and not any(_goes_with(world, key, other) for other in asked):
            taken |= {entry.pk for entry in found if key in entry.terms}
    return taken


def _goes_with(world: World, key: Key, other: Key) -> bool:
    carrying = [entry for entry in world.entries if other in entry.terms]
    both = [entry for entry in carrying if key in entry.terms]
    return key != other and bool(carrying) and len(both) >= 0.99 * len(carrying)


def has_itself(world: World, entry: Entry, left_out: list[str]) -> bool:
    """Whether the words stand in what the listing says itself; several next to each other, or as
    the name of its place."""
    own = set().union(*(entry.words[name] for name in ways.OWN))
    is_there = {*left_out} <= own
    if len(left_out) == 1:
        return is_there
    is_place = entry.pk in ways.named_place(world, tuple(left_out)).stands
    return is_place or (is_there and holds_phrase(world, entry, left_out))


def keys_of(entry: Entry) -> set[str]:
    """ "Identifiers and domains are found exactly": also the permanent id."""
    numbers = [entry.row.uid]
    for identifier in entry.row.identifiers.all():
        numbers += [identifier.value, identifier.scheme + identifier.value]
    host = urlsplit(entry.row.website).hostname or ""
    return {_letters(number) for number in numbers} | {host.removeprefix("www.")} - {""}


def keys_in(text: str) -> set[str]:
    """What a query would be as a number or a domain."""
    typed = text.strip().lower()
    domain = urlsplit(typed if "//" in typed else f"//{typed}").hostname if "." in typed else ""
    found = {_letters(text)} if text.isascii() else set()
    if domain and " " not in typed:
        found.add(domain.removeprefix("www."))
    return found - {""}


def _letters(text: str) -> str:
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())

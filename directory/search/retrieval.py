"""Which listings the words of a query find: all words, then spelling, then most words.

RANKING.md 1.4. A later stage only begins where the earlier ones found fewer than ENOUGH.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from pyroaring import BitMap

from directory.search.addresses import sought_keys
from directory.search.entries import key_number, key_of
from directory.search.exclusions import left_out
from directory.search.guesses import (
    edit_variants,
    joined_variant,
    prefix_variants,
    split_variants,
)
from directory.search.index import Index
from directory.search.keeping import MATCHES, kept
from directory.search.naming import named_terms
from directory.search.questions import Question, question_of
from directory.search.registers import numbered_keys
from directory.search.variants import (
    FIRM,
    Slot,
    firm_variants,
    is_had,
    is_known,
    place_variant,
)
from directory.search.words import is_stop_word

ENOUGH = 3
HEAVIEST = 7  # Words whose subsets stage 3 looks at.
SHARE_OF_ALL, SHARE_OF_BEST = 0.4, 0.5  # Of the weight of all words, of the best subset.
MOST_WORDS_MAX = 1_000  # Listings after which stage 3 adds no lighter subset.


@dataclass
class Match:
    """What the words found, and how."""

    question: Question
    documents: BitMap
    slots: list[Slot] = field(default_factory=list)
    stage: int = 1  # 1 all words, 2 with spelling, 3 most words
    exact_keys: BitMap = field(default_factory=BitMap)  # found by a number or website
    website: str = ""  # the key of the website by which they were found
    corrected: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    labels: dict[tuple[str, str], tuple[int, int]] | None = None  # see ranking.labels_of
    texts_read: int = 0  # for quoted words, where more would have had to be; else 0


def retrieve(index: Index, words: str) -> Match:
    """The live listings that the words find; `quoted.with_quotations` looks quoted ones up in them.

    Whether enough was found is judged before any filter, so that a filter never changes what the
    words mean.
    """
    return kept(index, MATCHES, (words,), lambda: _retrieved(index, words))


def _retrieved(index: Index, words: str) -> Match:
    question = question_of(words)
    keyed, website = by_key(index, words)
    if question.words:
        match = _staged(index, question, keyed)
    else:
        match = Match(question, index.live.copy() if question.left_out else BitMap())
    match.exact_keys, match.website = keyed, website
    match.documents |= keyed
    asked = named_terms(index, match.slots) if question.left_out else {}
    for words_left_out in question.left_out:
        match.documents -= left_out(index, words_left_out, match.documents, asked)
    return match


def by_key(index: Index, words: str) -> tuple[BitMap, str]:
    """Listings that have exactly this register number, permanent id or website, and the website."""
    numbers = [key_of(words), *numbered_keys(words)]
    found = BitMap.union(BitMap(), *(_having_key(index, number) for number in numbers if number))
    for website in sought_keys(words.strip().lower()):
        if having := _having_key(index, website):
            return found | having, website
    return found, ""


def _having_key(index: Index, key: str) -> BitMap:
    return BitMap(index.with_key(key_number(key))) & index.live


def _staged(index: Index, question: Question, keyed: BitMap) -> Match:
    slots = _slots(index, question)
    match = Match(question, _all_words(index, slots), slots)
    if len(match.documents) >= ENOUGH or keyed:
        return _weighed(index, match)
    repaired = _loosen(index, slots)
    match.stage = 2
    if not match.documents and not _all_words(index, slots):
        repaired += _loosen_hardly_known(index, slots, repaired)
    match.documents |= _all_words(index, slots)
    if len(match.documents) < ENOUGH:
        match.stage = 3
        for slot in slots:
            slot.weigh(index)
        match.documents |= _most_words(index, slots)
    return _weighed(index, _explained(index, match, repaired))


def _slots(index: Index, question: Question) -> list[Slot]:
    """The words with their firm variants; stop words count for the order, not for the finding."""
    has_telling = any(not is_stop_word(word) for word in question.words)
    slots = []
    for position, word in enumerate(question.words):
        slot = Slot(word, position, is_required=not (has_telling and is_stop_word(word)))
        typed = question.typed.get(word, word)
        slot.extend(firm_variants(index, word, {*question.words} - {word}, typed))
        slots.append(slot)
    _join_forms(index, question, slots)
    _join_known(index, slots)
    _name_places(index, slots)
    return slots


def _join_known(index: Index, slots: list[Slot]) -> None:
    """Neighbours that are a known word, or a label, together: `work shop`, `eco village`."""
    for first, second in pairwise(slots):
        joined = first.word + second.word
        if index.phrases.labels.get((joined,)) or is_known(index, joined):
            for slot in (first, second):
                slot.extend(joined_variant(index, first.word, second.word))


def _name_places(index: Index, slots: list[Slot]) -> None:
    """Words that together name a place are found where the place is."""
    words = [slot.word for slot in slots]
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + 5) + 1):
            phrase = tuple(words[start:end])
            if paths := index.gazetteer.phrases.get(phrase):
                variant = place_variant(index, phrase, paths)
                for slot in slots[start:end]:
                    slot.extend([variant])


def _join_forms(index: Index, question: Question, slots: list[Slot]) -> None:
    """A dotted or hyphenated word also in one: `D.C.` → dc, `eco-village` → ecovillage."""
    for form in question.forms:
        for start in range(len(slots)):
            taken = ""
            for end in range(start, min(start + 8, len(slots))):
                taken += slots[end].word
                if taken == form and end > start:
                    variants = firm_variants(index, form)[:1]
                    for slot in slots[start : end + 1]:
                        slot.extend(variants)


def _loosen(index: Index, slots: list[Slot]) -> list[Slot]:
    """Stage 2: joins, the last word's beginnings; splits and edits for words that nobody has."""
    unknown = [slot for slot in slots if slot.is_required and not is_had(slot)]
    for first, second in pairwise(slots):
        for slot in (first, second):
            slot.extend(joined_variant(index, first.word, second.word))
    for slot in unknown:
        slot.extend(split_variants(index, slot.word))
        slot.extend(edit_variants(index, slot.word, is_known=False))
    if slots[-1].is_required:
        slots[-1].extend(prefix_variants(index, slots[-1].word))
    return unknown


def _loosen_hardly_known(index: Index, slots: list[Slot], unknown: list[Slot]) -> list[Slot]:
    """The same for words that hardly anybody has, since with them nothing is found together."""
    others = [slot for slot in slots if slot.is_required and slot not in unknown]
    rare = [slot for slot in others if not is_known(index, slot.word)]
    for slot in rare:
        slot.extend(split_variants(index, slot.word))
        slot.extend(edit_variants(index, slot.word, is_known=True))
    return rare


def _all_words(index: Index, slots: Iterable[Slot]) -> BitMap:
    found = index.live
    for slot in sorted(slots, key=lambda slot: len(slot.documents)):
        if slot.is_required:
            found = found & slot.documents
    return found.copy() if found is index.live else found


def _most_words(index: Index, slots: list[Slot]) -> BitMap:
    """Listings that have the heaviest subsets of the words (subsets in falling order of weight)."""
    having = [slot for slot in slots if slot.is_required and slot.documents]
    heaviest = sorted(having, key=lambda slot: (-slot.weight, slot.position))[:HEAVIEST]
    all_weight = sum(slot.weight for slot in heaviest)
    subsets = [
        (sum(slot.weight for slot in chosen), chosen)
        for size in range(len(heaviest), 0, -1)
        for chosen in combinations(heaviest, size)
    ]
    subsets.sort(key=lambda subset: (-subset[0], [slot.position for slot in subset[1]]))
    found, best = BitMap(), 0.0
    for weight, chosen in subsets:
        if weight < max(SHARE_OF_ALL * all_weight, SHARE_OF_BEST * best):
            break
        hits = _all_words(index, chosen)
        if hits:
            best = max(best, weight)
            found |= hits
        if len(found) >= MOST_WORDS_MAX:
            break
    return found


def _explained(index: Index, match: Match, unknown: list[Slot]) -> Match:
    """Say which words were taken as others, and which nothing was found for."""
    required = [slot for slot in match.slots if slot.is_required]
    typed = match.question.typed
    dropped = [slot for slot in required if slot.documents.isdisjoint(match.documents)]
    match.dropped = tuple(dict.fromkeys(typed.get(slot.word, slot.word) for slot in dropped))
    corrected = []
    for slot in unknown:
        kinds = {variant.kind for variant in slot.variants}
        if not kinds & FIRM:
            taken = next((v for v in slot.variants if v.listings & match.documents), None)
            if taken is not None and taken.kind != "prefix":
                words = taken.words if taken.is_compound else taken.words[:1]
                corrected.append((typed.get(slot.word, slot.word), " ".join(words)))
    match.corrected = tuple(corrected)
    return match


def _weighed(index: Index, match: Match) -> Match:
    for slot in match.slots:
        slot.weigh(index)
    return match

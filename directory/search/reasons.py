"""Why a listing was found, in words that stand in it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from directory.models import in_language
from directory.search.entries import OWN_FIELDS
from directory.search.index import Index
from directory.search.query import Reason
from directory.search.ranking import fields_with, labels_of
from directory.search.retrieval import Match
from directory.search.variants import Slot, Variant, meant_word
from directory.search.words import words_of

REASONS_MAX = 6
PERMANENT_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.I)  # A ULID.
PUNCTUATION = "()[]{}.,;:!?\"'«»“”„‘’…"  # What may cling to a word of a name.
# A field with a firm word explains enough; a weaker variant is told only where there is none.
ORDER = ("exact", "stem", "joined", "place", "split", "synonym", "prefix", "edit")


def reasons_for(index: Index, match: Match, number: int, language: str) -> tuple[Reason, ...]:
    """The reasons for one hit: the best one for each word of the query, without repeats."""
    found: dict[Reason, None] = {}
    if number in match.exact_keys:
        found[_exact_reason(match)] = None
    named: set[int] = set()  # Places of words that are explained as the name of a term.
    for key, (start, end) in labels_of(index, match).items():
        if number in index.postings.get(*key):
            words = [meant_word(slot)[0] for slot in match.slots[start:end]]
            found[_named_reason(index, key, words, language)] = None
            named.update(range(start, end))
    for slot in match.slots:
        if slot.is_required:
            for reason in _for_slot(index, slot, number, language):
                if reason.kind != "term" or slot.position not in named:
                    found[reason] = None
    return tuple(found)[:REASONS_MAX]


def _named_reason(index: Index, key: tuple[str, str], words: list[str], language: str) -> Reason:
    """A term that the query names, by the name that was meant."""
    shown = in_language(index.phrases.vocabulary.terms[key].labels, language)
    written = index.phrases.written(key, words) or shown
    return Reason("term", (written,), "", key[0], key[1], shown)


def _exact_reason(match: Match) -> Reason:
    """What was found exactly: the website that the listing has, its permanent id, or a number."""
    if match.website:
        return Reason("identifier", (match.website,), "website")
    key = match.question.text.strip()
    return Reason("identifier", (key,), "uid" if PERMANENT_ID.fullmatch(key) else "")


def _for_slot(index: Index, slot: Slot, number: int, language: str) -> Iterable[Reason]:
    variants = sorted(slot.variants, key=lambda variant: ORDER.index(variant.kind))
    for variant in variants:
        fields = [*fields_with(variant, number)]
        if not fields:
            continue
        own = [field for field in fields if field != "term"]
        if own:
            yield _word_reason(index, variant, own[0], number)
        if "term" in fields:
            reason = _term_reason(index, variant, number, language)
            # A word in the name explains enough, unless the term says the same.
            if reason and (not own or {*variant.words} & {*words_of(reason.label)}):
                yield reason
            elif not reason:
                yield from _spread_reasons(index, variant, number, language)
        return


def _spread_reasons(index: Index, variant: Variant, number: int, language: str) -> Iterable[Reason]:
    """Where each word of a compound stands, if not all in one place."""
    for word in variant.words:
        field = next((f for f in OWN_FIELDS if number in index.postings.get(f, word)), "")
        if field:
            yield Reason("word", _as_written(index, number, field, [word]), field)
        elif reason := _term_reason(index, replace(variant, words=(word,)), number, language):
            yield reason


def _word_reason(index: Index, variant: Variant, field: str, number: int) -> Reason:
    """The words as they stand in the listing: from its name as written, else as folded."""
    kind = "spelling" if variant.kind == "edit" else "word"
    words = [word for word in variant.words if number in index.postings.get(field, word)]
    if variant.is_compound:
        words = [*variant.words]
    return Reason(kind, _as_written(index, number, field, words), field)


def _as_written(index: Index, number: int, field: str, words: list[str]) -> tuple[str, ...]:
    """Words of the name as they are written there, others folded; at most three."""
    written: list[str] = []
    if field == "name":
        parts = (part.strip(PUNCTUATION) for part in index.names[number].split())
        written = [part for part in parts if {*words_of(part)} & {*words}]
    return tuple((written or words)[:3])


def _term_reason(index: Index, variant: Variant, number: int, language: str) -> Reason | None:
    """A term of the listing whose label or synonym holds the word: the closest, the narrowest."""
    if variant.kind == "place":
        return None
    wanted = {*variant.words}
    best: tuple[tuple, Reason] | None = None
    for key in {key for word in wanted for key in index.postings.terms.get(word, ())}:
        same = wanted & index.phrases.words[key]
        if number not in index.postings.get(*key):
            continue
        if variant.is_compound and same != wanted:
            continue
        rank, written = _closest_name(index, key, same, language)
        rank = (*rank, -len(index.phrases.with_ancestors(key)), key)
        if best is None or rank < best[0]:
            shown = in_language(index.phrases.vocabulary.terms[key].labels, language)
            best = (rank, Reason("term", (written,), "", key[0], key[1], shown))
    return best[1] if best else None


def _closest_name(
    index: Index, key: tuple[str, str], words: set[str], language: str
) -> tuple[tuple, str]:
    """The label or synonym that holds a word and little else, that of the reader if it can be."""
    shown = in_language(index.phrases.vocabulary.terms[key].labels, language)
    ranked = [
        ((len(cut) > 1, name != shown, len(cut)), name)
        for name, cut in index.phrases.names[key]
        if not words.isdisjoint(cut)
    ]
    return min(ranked) if ranked else ((True, True, 99), shown)

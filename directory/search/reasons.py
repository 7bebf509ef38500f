"""Why a listing was found, in words that stand in it."""

from collections.abc import Iterable

from directory.models import in_language
from directory.search.index import Index
from directory.search.query import Reason
from directory.search.ranking import fields_with
from directory.search.retrieval import Match
from directory.search.variants import Slot, Variant
from directory.search.words import words_of

REASONS_MAX = 6
# A field with a firm word explains enough; a weaker variant is told only where there is none.
ORDER = ("exact", "stem", "joined", "place", "split", "synonym", "prefix", "edit")


def reasons_for(index: Index, match: Match, number: int, language: str) -> tuple[Reason, ...]:
    """The reasons for one hit: the best one for each word of the query, without repeats."""
    found: dict[Reason, None] = {}
    if number in match.exact_keys:
        found[Reason("identifier", (match.question.text.strip(),))] = None
    for slot in match.slots:
        if slot.is_required:
            for reason in _for_slot(index, slot, number, language):
                found[reason] = None
    return tuple(found)[:REASONS_MAX]


def _for_slot(index: Index, slot: Slot, number: int, language: str) -> Iterable[Reason]:
    variants = sorted(slot.variants, key=lambda variant: ORDER.index(variant.kind))
    for variant in variants:
        fields = [*fields_with(variant, number)]
        if not fields:
            continue
        if reason := _term_reason(index, variant, fields, number, language):
            if fields[0] == "name":
                yield _word_reason(index, variant, "name", number)
            yield reason
            return
        yield _word_reason(index, variant, fields[0], number)
        return


def _word_reason(index: Index, variant: Variant, field: str, number: int) -> Reason:
    """The words as they stand in the listing: from its name as written, else as folded."""
    kind = "spelling" if variant.kind == "edit" else "word"
    words = [word for word in variant.words if number in index.postings.get(field, word)]
    if variant.is_compound:
        words = [*variant.words]
    if field == "name":
        written = [word for word in index.names[number].split() if {*words_of(word)} & {*words}]
        words = written or words
    return Reason(kind, tuple(words[:3]), field)


def _term_reason(
    index: Index, variant: Variant, fields: list[str], number: int, language: str
) -> Reason | None:
    """A term of the listing whose label or synonym holds the word."""
    if variant.kind == "place" or not ("other_name" in fields or variant.is_compound):
        return None
    wanted = {*variant.words}
    best: tuple[tuple[int, int], Reason] | None = None
    for key, words in index.phrases.words.items():
        same = wanted & words
        if not same or number not in index.postings.get(*key):
            continue
        if variant.is_compound and same != wanted:
            continue
        # The narrowest term, and among its labels the one that is nearest to the word.
        depth = len(index.phrases.with_ancestors(key))
        label, length = _label_with(index, key, same)
        rank = (length, -depth)
        if best is None or rank < best[0]:
            term = index.phrases.vocabulary.terms[key]
            shown = in_language(term.labels, language)
            best = (rank, Reason("term", (label,), "", key[0], key[1], shown))
    return best[1] if best else None


def _label_with(index: Index, key: tuple[str, str], words: set[str]) -> tuple[str, int]:
    """The label or synonym of a term, as written, that holds a word and little else."""
    term = index.phrases.vocabulary.terms[key]
    names = [*term.labels.values(), *(name for some in term.synonyms.values() for name in some)]
    holding = [name for name in names if words & {*words_of(name)}] or names
    shortest = min(holding, key=lambda name: len(words_of(name)))
    return shortest, len(words_of(shortest))

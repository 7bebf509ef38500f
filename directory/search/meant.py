"""Did you mean: other words, nearly spelled so, that find more."""

import re
from dataclasses import replace

from directory.search.conditions import Conditions
from directory.search.index import Index
from directory.search.readings import documents_of
from directory.search.spelling import spellings_of

OFFERED = 3
TRIED = 6  # Texts that are searched for; each costs about as much as the query itself.
PER_WORD = 3
FAR_MORE = 10  # Times as frequent as a word that is right, as far as anybody knows.
CALLED = ("name", "other_name", "term")
# Where more words are unknown, spelling one of them otherwise helps little: only the text with all
# of them spelled otherwise is searched for. Each search of so many words is a dear one.
UNKNOWN_MAX = 3
# What may stand beside a word: blanks, the quotes of a phrase, the ends of the text.
_BEFORE, _AFTER = r'(?<![^\s"“”„«»])', r'(?![^\s"“”„«»])'


def spellings_for(conditions: Conditions, found: int) -> tuple[tuple[str, int], ...]:
    """Up to OFFERED (words, count) that find more than `found` under the same filters."""
    index = conditions.index
    if conditions.match is None or conditions.match.exact_keys:
        return ()
    counted = {
        words: len(documents_of(index, replace(conditions.query, words=words)))
        for words in respelled(conditions)
    }
    more = [(words, count) for words, count in counted.items() if count > found]
    return tuple(sorted(more, key=lambda pair: -pair[1])[:OFFERED])


def respelled(conditions: Conditions) -> list[str]:
    """Up to TRIED texts: all unknown words spelled otherwise, and one word spelled otherwise."""
    match = conditions.match
    text, typed = conditions.query.words, match.question.typed
    all_at_once, unknown, found = text, 0, []
    for slot in match.slots:
        written = typed.get(slot.word)
        if not slot.is_required or written is None:
            continue
        similar = _likelier(conditions.index, slot.word)
        found += [_with(text, written, word) for word in similar]
        if slot.word not in conditions.index.lexicon:
            unknown += 1
            all_at_once = _with(all_at_once, written, similar[0]) if similar else all_at_once
    tried = [all_at_once, *found] if unknown <= UNKNOWN_MAX else [all_at_once]
    return [words for words in dict.fromkeys(tried) if words != text][:TRIED]


def _likelier(index: Index, word: str) -> list[str]:
    """What a word may have been meant for: nothing else where a name or term is called so.

    Of a word that is only in texts or places, what far more listings have.
    """
    if any(index.postings.get(kind, word) & index.live for kind in CALLED):
        return []
    enough = FAR_MORE * index.lexicon.count(word)
    similar = [other for other, _edits in spellings_of(index, word)]
    return [other for other in similar if index.lexicon.count(other) >= enough][:PER_WORD]


def _with(text: str, written: str, word: str) -> str:
    """The text with a word as it was typed replaced by another."""
    return re.sub(f"{_BEFORE}{re.escape(written)}{_AFTER}", word, text)

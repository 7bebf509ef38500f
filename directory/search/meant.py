"""Did you mean: other words, nearly spelled so, that find more."""

import re
from dataclasses import replace

from directory.search.conditions import Conditions
from directory.search.readings import documents_of
from directory.search.retrieval import Match
from directory.search.spelling import similar_words

OFFERED = 3
TRIED = 6  # Texts that are searched for; each costs about as much as the query itself.
PER_WORD = 3


def spellings_for(conditions: Conditions, found: int) -> tuple[tuple[str, int], ...]:
    """Up to OFFERED (words, count) that find more than `found` under the same filters."""
    match, index = conditions.match, conditions.index
    if match is None or match.exact_keys:
        return ()
    counted = {
        words: len(documents_of(index, replace(conditions.query, words=words)))
        for words in _respelled(conditions, match)[:TRIED]
    }
    more = [(words, count) for words, count in counted.items() if count > found]
    return tuple(sorted(more, key=lambda pair: -pair[1])[:OFFERED])


def _respelled(conditions: Conditions, match: Match) -> list[str]:
    """The words with one of them spelled otherwise, and with all that are unknown so."""
    text, typed = conditions.query.words, match.question.typed
    all_at_once, found = text, []
    for slot in match.slots:
        written = typed.get(slot.word)
        if not slot.is_required or written is None:
            continue
        similar = similar_words(slot.word, conditions.index.lexicon)[:PER_WORD]
        found += [_with(text, written, word) for word, _edits in similar]
        if similar and slot.word not in conditions.index.lexicon:
            all_at_once = _with(all_at_once, written, similar[0][0])
    return [words for words in dict.fromkeys([all_at_once, *found]) if words != text]


def _with(text: str, written: str, word: str) -> str:
    """The text with a word as it was typed replaced by another."""
    return re.sub(rf"(?<!\S){re.escape(written)}(?!\S)", word, text)

"""Which terms the words of a query name."""

from collections.abc import Sequence

from directory.search.index import Index
from directory.search.phrases import Key
from directory.search.variants import Slot, meant_word

Span = tuple[int, int]


def named_terms(index: Index, slots: Sequence[Slot]) -> dict[Key, Span]:
    """Terms that the words name as they were meant: key → (from, to) among the words.

    A name within a longer one does not count: who asks for a land trust asks for no trust.
    """
    labels = index.phrases.labels_within([meant_word(slot)[0] for slot in slots])
    return {
        key: span
        for key, span in labels.items()
        if not any(_is_inside(span, other) for other in labels.values())
    }


def _is_inside(span: Span, other: Span) -> bool:
    return other != span and other[0] <= span[0] and span[1] <= other[1]

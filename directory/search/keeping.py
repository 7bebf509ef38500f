"""What was worked out for a question, kept for the next that needs the same."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from directory.search.index import Index

# Until the next change of any listing, or the next minute: what is open is told by the minute.
ANSWERS, SUGGESTIONS = "answers", "suggestions"
CONDITIONS, MATCHES, SPELLINGS = "conditions", "matches", "spellings"
MOST = {
    ANSWERS: 256,
    SUGGESTIONS: 256,
    # A page asks for its results and its map, and the map goes on asking as it is moved. Few: of
    # a million listings each holds up to some megabytes.
    CONDITIONS: 6,
    MATCHES: 6,
    # Each takes milliseconds and holds eight words: one long query of nonsense needs two dozen.
    SPELLINGS: 512,
}


def kept(index: Index, shelf: str, key: tuple, answer: Callable[[], Any]) -> Any:
    """What was answered before to the same question, or the answer; last used is last to go."""
    minute = timezone.now().replace(second=0, microsecond=0)
    known = index.cache.setdefault(shelf, {})
    if key in known and known[key][0] == minute:
        known[key] = known.pop(key)
        return known[key][1]
    found = answer()
    known.pop(key, None)
    known[key] = (minute, found)
    if len(known) > MOST[shelf]:
        del known[next(iter(known))]
    return found

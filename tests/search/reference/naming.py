"""Which terms the words of a query name (ADR 10)."""

from directory.search.words import is_stop_word
from tests.search.reference.ways import is_called, is_name
from tests.search.reference.world import Key, World


def claimable(world: World) -> list[Key]:
    """Terms that a listing can carry."""
    return [key for key in world.terms if key[0] in {"type", "value", "sector"}]


def named_terms(world: World, texts: list[str]) -> dict[Key, tuple[int, int]]:
    """Terms that stand in the query by name: from which word to which, the longest, the first.

    "A name within a longer one does not count" (ADR 10).
    """
    found: dict[Key, tuple[int, int]] = {}
    places = [place for place, text in enumerate(texts) if not is_stop_word(text)]
    for key in claimable(world):
        fits = []
        for first in range(len(places)):
            for last in range(first, min(len(places), first + 6)):
                words = texts[places[first] : places[last] + 1]
                is_it = len(words) == 1 and is_name(world, key, words[0])
                is_it |= any(
                    tuple(words) == label or is_called(words, label) for label in world.phrases(key)
                )
                if is_it:
                    fits.append((places[first], places[last] + 1))
        if fits:
            found[key] = min(fits, key=lambda fit: (fit[0] - fit[1], fit))
    spans = {*found.values()}
    return {
        key: (a, b)
        for key, (a, b) in found.items()
        if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in spans)
    }

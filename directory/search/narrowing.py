"""Broad searches: which listings are worth scoring, by classes of bitmaps (RANKING.md 1.6).

A class is a subset of the heaviest words standing in the name, and within it a length of the name,
short ones first. Classes are taken in order until enough listings are together; the class that
overflows is cut by what is confirmed and new.
"""

from itertools import combinations

import numpy as np
from pyroaring import BitMap

from directory.search.entries import LENGTHS
from directory.search.index import Index
from directory.search.retrieval import Match
from directory.search.sorting import by_static

HEAVIEST = 5


def best_classes(index: Index, match: Match, documents: BitMap, most: int) -> np.ndarray:
    """Up to `most` of the listings, the most promising classes first.

    A longer answer begins with every shorter one: pages fit together however deep they are.
    """
    taken: list[np.ndarray] = []
    left, missing = documents.copy(), most
    if match.exact_keys:
        left -= match.exact_keys
        taken.append(by_static(index, match.exact_keys & documents, missing))
        missing -= len(taken[0])
    for chosen in _classes(match, documents):
        found = left & chosen
        for length in LENGTHS:
            group = found & index.postings.get("length", length)
            if group and missing > 0:
                taken.append(by_static(index, group, missing))
                missing -= len(taken[-1])
        left -= found
        if missing <= 0:
            break
    return np.concatenate(taken)


def _classes(match: Match, documents: BitMap) -> list[BitMap]:
    """Listings that have the words of a subset in their name: heaviest subset first, then all."""
    slots = sorted(match.slots, key=lambda slot: (-slot.weight, slot.position))[:HEAVIEST]
    in_name = {
        slot.position: BitMap.union(*(variant.by_field[0] for variant in slot.variants))
        for slot in slots
        if slot.variants
    }
    slots = [slot for slot in slots if slot.position in in_name]
    subsets = [
        (sum(slot.weight for slot in chosen), chosen)
        for size in range(len(slots), 0, -1)
        for chosen in combinations(slots, size)
    ]
    subsets.sort(key=lambda subset: (-subset[0], [slot.position for slot in subset[1]]))
    classes = [
        BitMap.intersection(*(in_name[slot.position] for slot in chosen)) for _, chosen in subsets
    ]
    return [*classes, documents]

"""Orders by a column: deterministic, and stable from page to page.

Ties end in the row id, so two pages never show one listing twice or leave one out. Where many
listings are found and few are wanted, the order that the index keeps of all is walked instead.
"""

from collections.abc import Callable

import numpy as np
from pyroaring import BitMap

from directory.search.index import Index
from directory.search.tables import bitmap_of, numbers_in

LEAST_WALKED = 256
LONG_BLOCK = 100_000  # Numbers from which it pays to mark all listings first.
Keys = Callable[[np.ndarray], np.ndarray]


def by_static(index: Index, documents: BitMap, most: int) -> np.ndarray:
    """The first `most` listings among equals: confirmed, then newest (see columns.static_rank)."""
    return _first(index, documents, "static", lambda n: -index.rows["static"][n], most)


def by_name(index: Index, documents: BitMap, most: int) -> np.ndarray:
    """The first `most` listings by name, accents and case aside."""
    return _first(index, documents, "name", lambda n: index.rows["name_rank"][n], most)


def by_confirmation(index: Index, documents: BitMap, most: int) -> np.ndarray:
    """The `most` listings that were confirmed last; those never confirmed come last."""
    return _first(index, documents, "confirmed", lambda n: -index.rows["confirmed_on"][n], most)


def by_distance(index: Index, numbers: np.ndarray, distances: np.ndarray, most: int) -> np.ndarray:
    """The `most` nearest listings; those without a distance come last."""
    return _sorted(index, numbers, np.round(distances, 6), most)


def _first(index: Index, documents: BitMap, order: str, keys: Keys, most: int) -> np.ndarray:
    """The `most` listings with the smallest keys, in order."""
    if len(documents) ** 2 > 2 * most * len(index.orders[order]):
        numbers, added = _walked(documents, index.orders[order], most), _added(index, documents)
        if len(numbers) == most:  # Few of those added since come before the last of these.
            added = added[keys(added) <= keys(numbers[-1:])]
        if not len(added):
            return numbers
        numbers = np.concatenate([numbers, added])
    else:
        numbers = numbers_in(documents)
    return _sorted(index, numbers, keys(numbers), most)


def _added(index: Index, documents: BitMap) -> np.ndarray:
    """Those of the listings that were entered since the base was made."""
    return numbers_in(documents & index.added)


def _walked(documents: BitMap, order: np.ndarray, most: int) -> np.ndarray:
    """The first `most` of the base as they come in its order."""
    found = [np.zeros(0, np.int64)]
    missing, start = most, 0
    step = LEAST_WALKED + int(1.2 * most * len(order) / len(documents))
    while missing > 0 and start < len(order):
        block = order[start : start + step]
        found.append(block[_is_held(documents, block)][:missing].astype(np.int64))
        missing -= len(found[-1])
        start += step
    return np.concatenate(found)


def _is_held(documents: BitMap, block: np.ndarray) -> np.ndarray:
    """Which numbers of a block are among the listings."""
    if len(block) < LONG_BLOCK:
        order = np.argsort(block)
        in_order = block[order]
        held = numbers_in(documents & bitmap_of(in_order))
        is_held = np.zeros(len(block), bool)
        is_held[order[np.searchsorted(in_order, held)]] = True
        return is_held
    is_held = np.zeros(max(documents.max(), int(block.max())) + 1, bool)
    is_held[numbers_in(documents)] = True
    return is_held[block]


def _sorted(index: Index, numbers: np.ndarray, keys: np.ndarray, most: int) -> np.ndarray:
    """The `most` numbers with the smallest keys, in order, ties by the static rank and row id."""
    if len(numbers) > most > 0:
        edge = np.partition(keys, most - 1)[most - 1]
        is_first = keys <= edge  # With all that equal the last, lest the cut be arbitrary.
        numbers, keys = numbers[is_first], keys[is_first]
    static = index.rows["static"][numbers]
    return numbers[np.lexsort((index.organization_ids(numbers), -static, keys))][:most]

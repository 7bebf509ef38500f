"""Orders by a column: deterministic, and stable from page to page.

Ties end in the row id, so two pages never show one listing twice or leave one out.
"""

import numpy as np
from pyroaring import BitMap

from directory.search.index import Index


def by_static(index: Index, documents: BitMap, most: int) -> np.ndarray:
    """The first `most` listings among equals: confirmed, then newest (see columns.static_rank)."""
    numbers = _numbers(documents)
    return _first(index, numbers, -index.rows["static"][numbers], most)


def by_name(index: Index, documents: BitMap, most: int) -> np.ndarray:
    """The first `most` listings by name, accents and case aside."""
    numbers = _numbers(documents)
    return _first(index, numbers, index.rows["name_rank"][numbers], most)


def by_confirmation(index: Index, documents: BitMap, most: int) -> np.ndarray:
    """The `most` listings that were confirmed last; those never confirmed come last."""
    numbers = _numbers(documents)
    return _first(index, numbers, -index.rows["confirmed_on"][numbers], most)


def by_distance(
    index: Index, documents: BitMap, distances: dict[int, float], most: int
) -> np.ndarray:
    """The `most` nearest listings; those without a distance come last."""
    numbers = _numbers(documents)
    known = np.array([distances.get(number, np.inf) for number in numbers.tolist()])
    return _first(index, numbers, np.round(known, 6), most)


def _numbers(documents: BitMap) -> np.ndarray:
    return np.array(documents.to_array(), np.int64)


def _first(index: Index, numbers: np.ndarray, keys: np.ndarray, most: int) -> np.ndarray:
    """The `most` numbers with the smallest keys, in order, ties by the static rank and row id."""
    if len(numbers) > most:
        edge = np.partition(keys, most - 1)[most - 1]
        is_first = keys <= edge  # With all that equal the last, lest the cut be arbitrary.
        numbers, keys = numbers[is_first], keys[is_first]
    static = index.rows["static"][numbers]
    return numbers[np.lexsort((index.organization_ids(numbers), -static, keys))][:most]

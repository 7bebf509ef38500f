"""Drawing by chance, the same on every machine: only `random()` of Python's generator is used,
since the language promises its numbers for ever, and those of its other methods not."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import cos, log, pi, sqrt
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


def one_of(items: Sequence[Item], chance: Random) -> Item:
    """Any of the items, all alike."""
    return items[int(chance.random() * len(items))]


def an_early_one(items: Sequence[Item], chance: Random) -> Item:
    """One of the items, about as often as 1 / its place (Zipf's law)."""
    return items[zipf_rank(len(items), chance)]


def zipf_rank(count: int, chance: Random) -> int:
    """A rank below `count`, drawn about as often as 1 / (rank + 1)."""
    return int((count + 1) ** chance.random()) - 1


def around_zero(chance: Random) -> float:
    """A normally distributed number (Box and Muller 1958)."""
    return sqrt(-2.0 * log(1.0 - chance.random())) * cos(2.0 * pi * chance.random())


class Weighted(Generic[Item]):
    """Items drawn as often as their weights say."""

    def __init__(self, items: Iterable[Item], weights: Iterable[float]) -> None:
        self.items = list(items)
        self._sums = list(accumulate(weights))

    def __call__(self, chance: Random) -> Item:
        return self.items[
            bisect(self._sums, chance.random() * self._sums[-1], hi=len(self.items) - 1)
        ]

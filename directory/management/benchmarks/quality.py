"""How well search finds what people mean: the gold set, asked as the results page asks.

Figures are shares from 0 to 1; how they are defined is in fixtures/quality/README.md.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from directory.exchange import fixtures
from directory.management.benchmarks import rows
from directory.management.benchmarks.gold import ALSO, Asked, gold_set, sample_documents
from directory.search.engine import search
from directory.search.filters import OrganizationFilter
from directory.search.query import Advice, Found

FIRST = 10  # Hits that are looked at.


@dataclass(frozen=True)
class Outcome:
    """What came of one query of the gold set."""

    asked: Asked
    first: tuple[str, ...]  # slugs of the first hits, best first
    has_ways_on: bool  # something found, or advice that leads on
    is_told: bool  # nothing found, or said which words were left out or taken otherwise

    @property
    def recall(self) -> float:
        """Share of the listings meant that are among the first ten (of ten, if there are more)."""
        right = self.asked.right
        return len(right & {*self.first}) / min(len(right), FIRST)

    @property
    def ndcg(self) -> float:
        """Discounted cumulative gain of the first ten, of the best there could be."""
        grades = self.asked.expected
        best = sorted(grades.values(), reverse=True)[:FIRST]
        return _gain(grades.get(slug, 0) for slug in self.first) / _gain(best)

    @property
    def is_dead_end(self) -> bool:
        """Nothing that fits among the first ten; where nothing can, no way on or no word of it."""
        if self.asked.expected:
            return not any(self.asked.expected.get(slug, 0) >= ALSO for slug in self.first)
        return not (self.has_ways_on and self.is_told)


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def load_gold_set() -> tuple[list[Asked], dict[int, str]]:
    """Load places, demo listings and sample; the queries, and row id of each listing → slug.

    The vocabulary must be there.
    """
    documents = rows.with_slugs([*fixtures.read_documents(), *sample_documents()])
    rows.load_gazetteer(documents)
    return gold_set(documents), rows.load_documents(documents)


def outcomes(asked: Iterable[Asked], slugs: dict[int, str]) -> list[Outcome]:
    """Each query as the results page answers it."""
    return [_outcome(one, slugs) for one in asked]


def plain_outcomes(
    asked: Iterable[Asked], slugs: dict[int, str], search_for: Callable[[str], list[int]]
) -> list[Outcome]:
    """Each query as a search without advice answers it; further parameters are not known there."""
    found = []
    for one in asked:
        first = tuple(slugs[pk] for pk in search_for(one.words))
        found.append(Outcome(one, first, has_ways_on=bool(first), is_told=not first))
    return found


def _outcome(asked: Asked, slugs: dict[int, str]) -> Outcome:
    found = found_by(asked.words, **asked.filters)
    advice = found.advice
    is_told = found.total == 0 or bool(advice.dropped or advice.corrected)
    first = tuple(slugs[hit.organization_id] for hit in found.hits)
    return Outcome(asked, first, found.total > 0 or _leads_on(advice), is_told)


def _leads_on(advice: Advice) -> bool:
    return bool(advice.removals or advice.nearest or advice.wider_km)


def found_by(words: str, **filters: str) -> Found:
    """The first page of ten that these parameters find."""
    address = QueryDict(mutable=True)
    address.update({"q": words, "page_size": str(FIRST)} | filters)
    given = OrganizationFilter(address)
    if given.errors:
        raise ValueError(f"the query {words!r} is wrong: {given.errors}")
    return search(given.query)


def figures(some: list[Outcome]) -> dict[str, float]:
    """recall, ndcg (of queries with an answer) and dead_ends (of all), and how many queries."""
    answered = [outcome for outcome in some if outcome.asked.expected]
    return {
        "queries": len(some),
        "recall": _mean(outcome.recall for outcome in answered),
        "ndcg": _mean(outcome.ndcg for outcome in answered),
        "dead_ends": _mean(outcome.is_dead_end for outcome in some),
    }


def by(some: list[Outcome], group: Callable[[Asked], str]) -> dict[str, dict[str, float]]:
    """The figures of each group of queries, by its name."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in some:
        groups.setdefault(group(outcome.asked), []).append(outcome)
    return {name: figures(members) for name, members in sorted(groups.items())}


def _mean(values: Iterable[Any]) -> float:
    found = [float(value) for value in values]
    return sum(found) / len(found) if found else 1.0

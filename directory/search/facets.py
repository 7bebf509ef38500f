"""Live counts for every facet value.

Disjunctive: a facet's own choice does not narrow its counts, so each number says what choosing
that value as well would find.
"""

from collections.abc import Iterable

from django.utils import timezone
from pyroaring import BitMap

from directory.search.conditions import TERM_FACETS, Conditions, checked, verified
from directory.search.counting import Counting
from directory.search.facet_labels import (
    Tree,
    fixed_order,
    flat_labels,
    network_names,
    place_labels,
    tree_of,
)
from directory.search.gazetteer import ancestor_paths
from directory.search.index import Index
from directory.search.query import FACETS, Choice, FacetValue

MANY = 1 << 32  # More than any rank of a label, so that counts decide first.


def facets_of(conditions: Conditions) -> dict[str, tuple[FacetValue, ...]]:
    """All facets with the values that have listings, and those chosen.

    Where nothing narrows the search they are counted once until the next change.
    """
    if conditions.parts:
        return _counted(conditions)
    kept = conditions.index.cache.setdefault("facets of all", {})
    language = conditions.query.language
    if language not in kept:
        kept[language] = _counted(conditions)
    return dict(kept[language])


def _counted(conditions: Conditions) -> dict[str, tuple[FacetValue, ...]]:
    counting = Counting(conditions.index)
    return {facet: tuple(_values(conditions, counting, facet)) for facet in FACETS}


def _values(conditions: Conditions, counting: Counting, facet: str) -> Iterable[FacetValue]:
    if facet in TERM_FACETS:
        return _term_values(conditions, counting, facet)
    if facet == "place":
        return _place_values(conditions, counting)
    return _flat_values(conditions, counting, facet)


def _scope(conditions: Conditions, facet: str) -> BitMap:
    """Listings that meet all conditions but the facet's own.

    `verified_only` asks about the terms chosen, so it is judged again without the facet's own.
    """
    if conditions.query.verified_only and facet in TERM_FACETS and facet in conditions.parts:
        again = verified(conditions.index, conditions.query, without=facet)
        parts = conditions.parts | {"verified_only": again}
        return Conditions(conditions.index, conditions.query, parts).all(facet)
    return conditions.all(facet)


def _term_values(conditions: Conditions, counting: Counting, facet: str) -> Iterable[FacetValue]:
    index, query = conditions.index, conditions.query
    choice = query.facets.get(facet, Choice())
    tree = tree_of(index, facet, query.language)
    scope = _scope(conditions, facet)
    if query.verified_only:
        counts = _checked_counts(index, scope, facet, tree)
    else:
        by_code = counting.of(scope, facet)
        counts = [by_code.get(code, 0) for code in tree.codes]
    shown = _shown_terms(tree, choice, counts)
    first = [rank - MANY * count for rank, count in zip(tree.ranks, counts, strict=True)]
    found: list[FacetValue] = []

    def enter(siblings: list[int], depth: int, parent: str) -> None:
        for place in sorted(shown.intersection(siblings), key=first.__getitem__):
            code = tree.codes[place]
            found.append(_value(choice, code, tree.labels[place], counts[place], depth, parent))
            if narrower := tree.narrower[place]:
                enter(narrower, depth + 1, code)

    enter(tree.roots, 0, "")
    return found


def _checked_counts(index: Index, scope: BitMap, facet: str, tree: Tree) -> list[int]:
    """Of listings whose claim to the term somebody checked."""
    today = timezone.localdate()
    return [
        scope.intersection_cardinality(checked(index, facet, code, today)) if scope else 0
        for code in tree.codes
    ]


def _shown_terms(tree: Tree, choice: Choice, counts: list[int]) -> set[int]:
    """Terms with listings, the chosen ones with their siblings, and all terms above these."""
    shown = {place for place, count in enumerate(counts) if count}
    for code in (*choice.include, *choice.exclude):
        if code in tree.places:
            place = tree.places[code]
            shown.add(place)
            if code in choice.include:
                above = tree.broader[place]
                shown.update(tree.roots if above < 0 else tree.narrower[above])
    for place in [*shown]:
        above = tree.broader[place]
        while above >= 0 and above not in shown:
            shown.add(above)
            above = tree.broader[above]
    return shown


def _place_values(conditions: Conditions, counting: Counting) -> Iterable[FacetValue]:
    """Countries; below a chosen place its regions or towns, and the way down to it."""
    index, query = conditions.index, conditions.query
    choice = query.facets.get("place", Choice())
    scope = conditions.all("place")
    counts = _place_counts(index, scope, choice, counting)
    labels = place_labels(index, counts, query.language)
    found: dict[str, list[tuple[int, str, str]]] = {}
    for path, count in counts.items():
        found.setdefault(path.rpartition("/")[0], []).append((-count, labels[path], path))
    values: list[FacetValue] = []

    def enter(parent: str) -> None:
        for negative, label, path in sorted(found.pop(parent, ())):
            values.append(_value(choice, path, label, -negative, path.count("/"), parent))
            if path in found:
                enter(path)

    enter("")
    for parent in sorted(found):  # Left out below a country that is not open.
        enter(parent)
    return values


def _place_counts(
    index: Index, scope: BitMap, choice: Choice, counting: Counting
) -> dict[str, int]:
    """Counts of the places that are shown, by path."""
    by_path = counting.of(scope, "located")
    found = {path: count for path, count in by_path.items() if count}
    picked = {*choice.include, *choice.exclude}
    opened = {above for path in choice.include for above in ancestor_paths(path)}
    below = _places_below(index) if opened else {}
    for path in {path for parent in opened for path in below.get(parent, ())} | picked:
        count = scope.intersection_cardinality(index.postings.get("located", path))
        if count or path in picked:
            found[path] = count
    return found


def _places_below(index: Index) -> dict[str, list[str]]:
    """Paths that listings lie in, by the path above them."""
    paths = index.postings.values("located")
    known = index.lasting.get("places below")
    if known is None or known[0] is not paths:
        below: dict[str, list[str]] = {}
        for path in paths:
            below.setdefault(path.rpartition("/")[0], []).append(path)
        known = index.lasting["places below"] = (paths, below)
    return known[1]


def _flat_values(conditions: Conditions, counting: Counting, facet: str) -> Iterable[FacetValue]:
    index, query = conditions.index, conditions.query
    choice = query.facets.get(facet, Choice())
    picked = (*choice.include, *choice.exclude)
    counts = dict.fromkeys(picked, 0) | counting.of(conditions.all(facet), facet)
    if facet == "network":
        counts = {code: counts[code] for code in counts.keys() & network_names(index).keys()}
    labels = flat_labels(index, facet, counts, query.language)
    order = fixed_order(facet)

    def place(code: str) -> tuple:
        return (order.get(code, 0), -counts[code], labels[code], code)

    for code in sorted(counts, key=place):
        if counts[code] or code in picked:
            yield _value(choice, code, labels[code], counts[code])


def _value(
    choice: Choice, code: str, label: str, count: int, depth: int = 0, parent: str = ""
) -> FacetValue:
    return FacetValue(
        code, label, count, code in choice.include, code in choice.exclude, depth, parent
    )

"""Live counts for every facet value.

Disjunctive: a facet's own choice does not narrow its counts, so each number says what choosing
that value as well would find.
"""

from collections.abc import Iterable

from django.utils import timezone
from pyroaring import BitMap

from directory.models import Lifecycle, Network, VerificationLevel, in_language
from directory.search.conditions import TERM_FACETS, Conditions, checked, having, verified
from directory.search.index import Index
from directory.search.names import country_name, language_name
from directory.search.query import FACETS, Choice, FacetValue


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
    return {facet: tuple(_values(conditions, facet)) for facet in FACETS}


def _values(conditions: Conditions, facet: str) -> Iterable[FacetValue]:
    if facet in TERM_FACETS:
        return _term_values(conditions, facet)
    if facet == "place":
        return _place_values(conditions)
    return _flat_values(conditions, facet)


def _scope(conditions: Conditions, facet: str) -> BitMap:
    """Listings that meet all conditions but the facet's own.

    `verified_only` asks about the terms chosen, so it is judged again without the facet's own.
    """
    if conditions.query.verified_only and facet in TERM_FACETS and facet in conditions.parts:
        again = verified(conditions.index, conditions.query, without=facet)
        parts = conditions.parts | {"verified_only": again}
        return Conditions(conditions.index, conditions.query, parts).all(facet)
    return conditions.all(facet)


def _term_values(conditions: Conditions, facet: str) -> Iterable[FacetValue]:
    index, query = conditions.index, conditions.query
    choice = query.facets.get(facet, Choice())
    scope, today = _scope(conditions, facet), timezone.localdate()
    terms = index.phrases.vocabulary
    counts: dict[str, int] = {}
    for term in terms.in_scheme(facet):
        code = term.code
        listings = (
            checked(index, facet, code, today)
            if query.verified_only
            else index.postings.get(facet, code)
        )
        counts[code] = scope.intersection_cardinality(listings) if listings and scope else 0
    shown = _shown_terms(terms, facet, choice, counts)
    found: list[FacetValue] = []

    def enter(siblings: list, depth: int, parent: str) -> None:
        kept = [term for term in siblings if term.code in shown]
        labelled = [
            (-counts[term.code], in_language(term.labels, query.language), place, term)
            for place, term in enumerate(kept)
        ]
        for _most_first, label, _place, term in sorted(labelled):
            code = term.code
            found.append(_value(choice, code, label, counts[code], depth, parent))
            if narrower := terms.narrower(term):
                enter(narrower, depth + 1, code)

    enter(terms.roots(facet), 0, "")
    return found


def _shown_terms(terms: object, facet: str, choice: Choice, counts: dict[str, int]) -> set[str]:
    """Terms with listings, the chosen ones with their siblings, and all terms above these."""
    shown = {code for code, count in counts.items() if count}
    for code in (*choice.include, *choice.exclude):
        if code in counts:
            above = terms.ancestors(facet, code)
            siblings = terms.narrower(above[0]) if above else terms.roots(facet)
            shown |= {code, *(term.code for term in siblings if code in choice.include)}
    for code in [*shown]:
        above = terms.parents.get((facet, code))
        while above is not None and above[1] not in shown:
            shown.add(above[1])
            above = terms.parents.get(above)
    return shown


def _place_values(conditions: Conditions) -> Iterable[FacetValue]:
    """Countries; below a chosen place its regions or towns, and the way down to it."""
    index, query = conditions.index, conditions.query
    choice = query.facets.get("place", Choice())
    scope = conditions.all("place")
    open_paths = {""}
    for path in choice.include:
        parts = path.split("/")
        open_paths |= {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
    found: dict[str, list[tuple[int, str, str]]] = {}
    below = _places_below(index)
    paths = {path for parent in open_paths for path in below.get(parent, ())}
    for path in paths | {*choice.include, *choice.exclude}:
        count = scope.intersection_cardinality(index.postings.get("located", path))
        if count or path in choice.include or path in choice.exclude:
            label = _place_label(conditions, path)
            found.setdefault(path.rpartition("/")[0], []).append((-count, label, path))

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


def _place_label(conditions: Conditions, path: str) -> str:
    if "/" not in path:
        return country_name(path, conditions.query.language)
    conditions.index.gazetteer.load_facts([path])
    return conditions.index.gazetteer.label(path)


def _flat_values(conditions: Conditions, facet: str) -> Iterable[FacetValue]:
    index, query = conditions.index, conditions.query
    choice = query.facets.get(facet, Choice())
    scope = conditions.all(facet)
    codes = {*index.postings.values(facet), *choice.include, *choice.exclude}
    if facet == "network":
        codes &= network_names(index).keys()
    counts = {code: scope.intersection_cardinality(having(index, facet, code)) for code in codes}
    labels = {code: _flat_label(conditions, facet, code) for code in codes}
    order = _fixed_order(facet)

    def place(code: str) -> tuple:
        return (order.index(code) if code in order else 0, -counts[code], labels[code], code)

    for code in sorted(codes, key=place):
        if counts[code] or code in choice.include or code in choice.exclude:
            yield _value(choice, code, labels[code], counts[code])


def _fixed_order(facet: str) -> list[str]:
    """Levels and lives have an order of their own: the firmest first, the living first."""
    if facet == "verification":
        return [level.code for level in sorted(VerificationLevel, reverse=True)]
    if facet == "lifecycle":
        return ["active", *(code for code in Lifecycle.values if code != "active")]
    return []


def _flat_label(conditions: Conditions, facet: str, code: str) -> str:
    match facet:
        case "language":
            return language_name(code, conditions.query.language)
        case "lifecycle":
            return str(Lifecycle(code).label)
        case "verification":
            return str(VerificationLevel[code.upper()].label)
        case "network":
            return network_names(conditions.index)[code]
        case _:
            return conditions.index.sources.get(code, code)


def network_names(index: Index) -> dict[str, str]:
    """Networks that are shown, by address word; asked at most once a minute."""
    minute = timezone.now().replace(second=0, microsecond=0)
    kept = index.cache.get("network names")
    if kept is None or kept[0] != minute:
        shown = Network.objects.published() if index.postings.values("network") else ()
        names = {network.slug: network.name for network in shown}
        kept = index.cache["network names"] = (minute, names)
    return kept[1]


def _value(
    choice: Choice, code: str, label: str, count: int, depth: int = 0, parent: str = ""
) -> FacetValue:
    return FacetValue(
        code,
        label,
        count,
        is_chosen=code in choice.include,
        is_excluded=code in choice.exclude,
        depth=depth,
        parent=parent,
    )

"""What the values of facets are called and how they hang together: kept for each language, since no
search changes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils import timezone

from directory.models import Lifecycle, Network, Term, VerificationLevel, in_language, source_name
from directory.search.index import Index
from directory.search.names import country_name, language_name


@dataclass
class Tree:
    """The terms of a scheme in use, by place: parents before the narrower ones."""

    codes: list[str]
    labels: list[str]
    ranks: list[int]  # by label, equals as the vocabulary has them
    broader: list[int]  # the place of the broader term; -1 for none
    narrower: list[list[int]]
    roots: list[int]
    places: dict[str, int]  # by code


def tree_of(index: Index, scheme: str, language: str) -> Tree:
    """The terms of a scheme as the vocabulary of the index has them."""
    key = ("terms", scheme, language)
    if key not in index.lasting:
        index.lasting[key] = _tree(index, scheme, language)
    return index.lasting[key]


def _tree(index: Index, scheme: str, language: str) -> Tree:
    terms = index.phrases.vocabulary
    in_order: list[Term] = terms.in_scheme(scheme)
    places = {term.code: place for place, term in enumerate(in_order)}
    labels = [in_language(term.labels, language) for term in in_order]
    narrower = [[places[one.code] for one in terms.narrower(term)] for term in in_order]
    broader = [-1] * len(in_order)
    for above, below in enumerate(narrower):
        for place in below:
            broader[place] = above
    ranks = [0] * len(in_order)
    for rank, place in enumerate(sorted(range(len(in_order)), key=lambda place: labels[place])):
        ranks[place] = rank
    return Tree(
        codes=[*places],
        labels=labels,
        ranks=ranks,
        broader=broader,
        narrower=narrower,
        roots=[places[term.code] for term in terms.roots(scheme)],
        places=places,
    )


def place_labels(index: Index, paths: Iterable[str], language: str) -> dict[str, str]:
    """What places are called: countries in the language of the reader, others as they are there."""
    paths = [*paths]
    index.gazetteer.load_facts(path for path in paths if "/" in path)
    return {
        path: index.gazetteer.label(path) if "/" in path else country_name(path, language)
        for path in paths
    }


def flat_labels(index: Index, facet: str, codes: Iterable[str], language: str) -> dict[str, str]:
    """What the values of a facet without a tree are called."""
    match facet:
        case "network":
            names = network_names(index)  # One that is shown no longer may have left this minute.
            return {code: names.get(code, code) for code in codes}
        case "source":
            return {code: source_name(index.sources.get(code, code)) for code in codes}
        case _:
            known = index.lasting.setdefault(("labels", facet, language), {})
            for code in codes:
                if code not in known:
                    known[code] = _label(facet, code, language)
            return known


def _label(facet: str, code: str, language: str) -> str:
    match facet:
        case "language":
            return language_name(code, language)
        case "lifecycle":
            return str(Lifecycle(code).label)
        case _:
            return str(VerificationLevel[code.upper()].label)


def network_names(index: Index) -> dict[str, str]:
    """Networks that are shown, by address word; asked at most once a minute."""
    minute = timezone.now().replace(second=0, microsecond=0)
    kept = index.cache.get("network names")
    if kept is None or kept[0] != minute:
        shown = Network.objects.published() if index.postings.values("network") else ()
        names = {network.slug: network.name for network in shown}
        kept = index.cache["network names"] = (minute, names)
    return kept[1]


@cache
def fixed_order(facet: str) -> dict[str, int]:
    """Levels and lives have an order of their own: the firmest first, the living first."""
    codes: list[str] = []
    if facet == "verification":
        codes = [level.code for level in sorted(VerificationLevel, reverse=True)]
    if facet == "lifecycle":
        codes = ["active", *(code for code in Lifecycle.values if code != "active")]
    return {code: place for place, code in enumerate(codes)}

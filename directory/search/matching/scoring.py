"""How much the evidence weighs together, and what follows from it.

Weights are natural logarithms of odds, added up (Fellegi and Sunter, 1969), set by hand on the
tuning half of fixtures/duplicates and held by the other half.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

from directory.search.matching.evidence import Evidence, EvidenceKind
from directory.search.matching.hosts import domain_of_host
from directory.search.matching.names import (
    Likeness,
    Weigh,
    best_likeness,
    forms_of_names,
    roles_between,
)
from directory.search.matching.profiles import Profile, is_unique_scheme
from directory.search.matching.whereabouts import Agreement, addresses_differ, agreement

SAME_NUMBER, OTHER_NUMBER = 8.0, -7.0
SAME_HOST, SHARED_HOST, SAME_DOMAIN, OTHER_HOST = 4.0, 0.8, 1.0, -0.8
SAME_EMAIL, SAME_PHONE = 4.0, 3.5
SAME_YEAR, OTHER_YEAR = 0.7, -0.7
SERIES, FORM, ROLE, BRANCH, CHECKED, OTHER_ADDRESS = -4.0, -1.2, -1.5, -1.5, -2.0, -0.5
NAME_EXACT = 3.4  # Names that are equal, of words that are not rare …
RARITY_MOST = 5.0  # … and as much more, the rarer they are: TOLD_LITTLE adds nothing.
TOLD_LITTLE, TOLD_PER_POINT = 4.0, 1.5
NAME_AGAINST, NAME_AGAINST_WITH_KEY = -4.5, -1.5
NAME_NEUTRAL = 0.55  # A share of likeness that speaks neither way.
TELLING_LEAST = 1.5  # Names that share nothing but common words share nothing …
COMMON_EXACT = 2.5  # … unless they are equal to the last of them.
TOWN_WEIGHT = 1.0  # Of a word that is the town's name.

SHARED_FROM = 3  # Listings that share a website before it says little.
BASE = 3.0  # The odds against any two that were put side by side.
SUGGESTED_FROM, SAME_FROM = 0.6, 0.98
# The least sum that is told at all, but for the last digits of a float; and what comes to it at most
# besides keys, places and names.
SUM_LEAST = BASE + log(SUGGESTED_FROM / (1.0 - SUGGESTED_FROM)) - 1e-6
MORE_AT_MOST = SAME_YEAR
NAMES_ALIKE = 0.7  # Needed for "same" where a register gave both one number; else they are equal.

KEYS = {EvidenceKind.IDENTIFIER, EvidenceKind.WEBSITE, EvidenceKind.EMAIL, EvidenceKind.PHONE}
# Whatever else speaks for it, a person looks at these.
DOUBTS = {
    EvidenceKind.IDENTIFIER, EvidenceKind.SERIES, EvidenceKind.FORM, EvidenceKind.ROLE,
    EvidenceKind.BRANCH, EvidenceKind.CHECKED, EvidenceKind.ADDRESS,
}  # fmt: skip


class Verdict(StrEnum):
    """What follows: sure enough to act on, worth a look, or nothing."""

    SAME = "same"
    SUGGESTED = "suggested"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Comparison:
    """Two listings side by side; `score` is from 0 to 1."""

    verdict: Verdict
    score: float
    evidence: list[Evidence]


def compare(
    here: Profile, there: Profile, weigh: Weigh, sharing: Callable[[str], int] = lambda domain: 2
) -> Comparison:
    """Weigh all evidence about two listings.

    `weigh` gives the weight of a word of a name by its rarity, `sharing` how many listings have a
    website at a domain.
    """
    keys = [*_numbers(here, there), *_contacts(here, there, sharing)]
    places = agreement(here.spots, there.spots)
    names = best_likeness(here.names, there.names, _without_towns(here, there, weigh))
    return _weighed(here, there, keys, places, names)


def likely(
    here: Profile, there: Profile, weigh: Weigh, sharing: Callable[[str], int]
) -> Comparison | None:
    """As `compare`; None as soon as it is sure that they are different, as most are."""
    keys = [*_numbers(here, there), *_contacts(here, there, sharing)]
    places = agreement(here.spots, there.spots)
    most = MORE_AT_MOST + sum(each.weight for each in keys)
    if places.evidence:
        most += places.evidence.weight
    if most + NAME_EXACT + RARITY_MOST < SUM_LEAST:
        return None
    names = best_likeness(here.names, there.names, _without_towns(here, there, weigh))
    if most + _name(names, has_key=_has_key(keys)).weight < SUM_LEAST:
        return None
    return _weighed(here, there, keys, places, names)


def _weighed(
    here: Profile, there: Profile, keys: list[Evidence], places: Agreement, names: Likeness
) -> Comparison:
    found = [*keys, _name(names, has_key=_has_key(keys))]
    found += [places.evidence] if places.evidence else []
    found += _doubts(here, there, names)
    found += _branches(found, is_local=places.is_local)
    score = 1.0 / (1.0 + exp(BASE - sum(each.weight for each in found)))
    verdict = _verdict(score, names, found, is_local=places.is_local)
    return Comparison(verdict, score, sorted(found, key=lambda each: -abs(each.weight)))


def _has_key(found: list[Evidence]) -> bool:
    return any(each.kind in KEYS and each.weight >= 3.0 for each in found)


def _without_towns(here: Profile, there: Profile, weigh: Weigh) -> Weigh:
    """In its own town, everybody's name may have the town's name in it."""
    towns = {word for spot in (*here.spots, *there.spots) for word in spot.town.split()}
    if all(towns.isdisjoint(name) for name in (*here.names, *there.names)):
        return weigh
    return lambda word: TOWN_WEIGHT if word in towns else weigh(word)


def _verdict(score: float, names: Likeness, found: list[Evidence], *, is_local: bool) -> Verdict:
    if score < SUGGESTED_FROM:
        return Verdict.DIFFERENT
    has_number = any(each.kind == EvidenceKind.IDENTIFIER and each.is_for for each in found)
    are_alike = names.share >= NAMES_ALIKE if has_number else names.is_equal
    is_doubtful = any(each.kind in DOUBTS and not each.is_for for each in found)
    if score < SAME_FROM or is_doubtful or not is_local or not are_alike:
        return Verdict.SUGGESTED
    return Verdict.SAME


def _name(names: Likeness, *, has_key: bool) -> Evidence:
    if names.told < TELLING_LEAST and names.is_common:
        return Evidence(EvidenceKind.NAME, COMMON_EXACT)
    share = names.share if names.told >= TELLING_LEAST else min(names.share, 0.5)
    if share >= NAME_NEUTRAL:
        rarity = min(max(names.told - TOLD_LITTLE, 0.0) / TOLD_PER_POINT, RARITY_MOST)
        weight = (NAME_EXACT + rarity) * (share - NAME_NEUTRAL) / (1.0 - NAME_NEUTRAL)
        return Evidence(EvidenceKind.NAME, weight)
    most = NAME_AGAINST_WITH_KEY if has_key else NAME_AGAINST
    return Evidence(EvidenceKind.NAME, most * (NAME_NEUTRAL - share) / NAME_NEUTRAL)


def _numbers(here: Profile, there: Profile) -> list[Evidence]:
    shared = {*here.identifiers} & {*there.identifiers}
    if shared:
        return [Evidence(EvidenceKind.IDENTIFIER, SAME_NUMBER, " ".join(min(shared)))]
    for scheme, value in here.identifiers:
        for other_scheme, other in there.identifiers:
            if scheme == other_scheme and is_unique_scheme(scheme):
                detail = f"{scheme} {value} / {other}"
                return [Evidence(EvidenceKind.IDENTIFIER, OTHER_NUMBER, detail)]
    return []


def _contacts(here: Profile, there: Profile, sharing: Callable[[str], int]) -> list[Evidence]:
    found = []
    if here.host and there.host:
        found.append(_websites(here.host, there.host, sharing))
    if here.email and here.email == there.email:
        found.append(Evidence(EvidenceKind.EMAIL, SAME_EMAIL))
    if here.phone and here.phone == there.phone:
        found.append(Evidence(EvidenceKind.PHONE, SAME_PHONE))
    return found


def _websites(host: str, other: str, sharing: Callable[[str], int]) -> Evidence:
    domain = domain_of_host(host)
    if domain != domain_of_host(other):
        return Evidence(EvidenceKind.WEBSITE, OTHER_HOST)
    if sharing(domain) >= SHARED_FROM:
        return Evidence(EvidenceKind.WEBSITE, SHARED_HOST, domain)
    return Evidence(EvidenceKind.WEBSITE, SAME_HOST if host == other else SAME_DOMAIN, host)


def _branches(found: list[Evidence], *, is_local: bool) -> list[Evidence]:
    """Listings elsewhere with one website are branches, or members of one federation."""
    sites = [each for each in found if each.kind == EvidenceKind.WEBSITE and each.is_for]
    if not sites or is_local or sites[0].weight > SAME_DOMAIN:
        return []
    return [Evidence(EvidenceKind.BRANCH, BRANCH, sites[0].detail)]


def _doubts(here: Profile, there: Profile, names: Likeness) -> list[Evidence]:
    """What speaks against, though all else agrees."""
    found = []
    if names.numbers_differ and names.share:
        found.append(Evidence(EvidenceKind.SERIES, SERIES))
    forms, other_forms = forms_of_names(here.names), forms_of_names(there.names)
    if forms and other_forms and not forms & other_forms:
        detail = f"{', '.join(sorted(forms))} / {', '.join(sorted(other_forms))}"
        found.append(Evidence(EvidenceKind.FORM, FORM, detail))
    if roles := roles_between(names.only_here, names.only_there):
        found.append(Evidence(EvidenceKind.ROLE, ROLE, ", ".join(sorted(roles))))
    if here.founded and there.founded:
        is_same = here.founded == there.founded
        found.append(Evidence(EvidenceKind.FOUNDED, SAME_YEAR if is_same else OTHER_YEAR))
    if addresses_differ(here.spots, there.spots):
        found.append(Evidence(EvidenceKind.ADDRESS, OTHER_ADDRESS))
    if here.is_verified and there.is_verified:
        found.append(Evidence(EvidenceKind.CHECKED, CHECKED))
    return found

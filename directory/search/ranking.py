"""Order by relevance: fields, weights and likeness of names (RANKING.md 1.5)."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np
from pyroaring import BitMap

from directory.models import Scheme
from directory.search.entries import FIELDS
from directory.search.index import Index
from directory.search.naming import named_terms
from directory.search.narrowing import best_classes
from directory.search.retrieval import Match
from directory.search.tables import bitmap_of, numbers_in
from directory.search.variants import Slot, Variant, meant_word

CANDIDATES_MAX = 2_000  # Scored in numpy.
NAMES_MAX = 200  # Compared with the query letter by letter.
FIELD_WEIGHTS = (3.0, 1.0, 1.6, 0.6, 1.0)  # Of FIELDS.
SATURATION = 1.2
ADJACENT, LIKENESS = 0.25, 0.1
SAME_NAME, NAME_BEGINS, WHOLE_LABEL, EXACT_KEY = 0.6, 0.15, 0.3, 2.0
OF_OTHER_SCHEME = 0.8  # A label of a sector or value says less of what a listing is than a type's.


def by_relevance(index: Index, match: Match, documents: BitMap, most: int) -> np.ndarray:
    """The first `most` of the listings, best first; equals by what is confirmed and new.

    Beyond CANDIDATES_MAX the order is that of classes: which words the name has, how short it is.
    """
    ordered = np.array(documents.to_array(), np.int64)
    if len(documents) > CANDIDATES_MAX:
        ordered = best_classes(index, match, documents, max(most, CANDIDATES_MAX))
    candidates = np.sort(ordered[:CANDIDATES_MAX])
    scores = _base_scores(index, match.slots, candidates)
    scores = scores + _label_bonus(index, match, candidates)
    scores = scores + EXACT_KEY * _holds(match.exact_keys, candidates)
    _add_name_bonus(index, match, candidates, scores)
    best = candidates[_best_first(index, candidates, scores)]
    return np.concatenate([best, ordered[CANDIDATES_MAX:]])[:most]


def _best_first(index: Index, candidates: np.ndarray, scores: np.ndarray) -> np.ndarray:
    static = index.rows["static"][candidates]
    return np.lexsort((index.organization_ids(candidates), -static, -np.round(scores, 9)))


def _base_scores(index: Index, slots: list[Slot], candidates: np.ndarray) -> np.ndarray:
    """0 to 1 for each candidate: how much of the weight of the words stands in it, and where."""
    total = sum(slot.weight for slot in slots)
    scores = np.zeros(len(candidates))
    if not total:
        return scores
    lengths = index.rows["name_length"][candidates] / index.average_name_length
    name_norm = 1.0 / (0.8 + 0.2 * lengths)
    chosen = bitmap_of(candidates)
    for slot in slots:
        best = np.zeros(len(candidates))
        for variant in slot.variants:
            np.maximum(best, _variant_scores(variant, candidates, chosen, name_norm), out=best)
        scores += slot.weight / total * best
    return scores


def _variant_scores(
    variant: Variant, candidates: np.ndarray, chosen: BitMap, name_norm: np.ndarray
) -> np.ndarray:
    strength = np.zeros(len(candidates))
    for field, listings in enumerate(variant.by_field):
        if listings:
            places = np.searchsorted(candidates, np.array((listings & chosen).to_array(), np.int64))
            weight = FIELD_WEIGHTS[field]
            strength[places] += weight * name_norm[places] if field == 0 else weight
    return variant.trust * strength / (strength + SATURATION)


def _label_bonus(index: Index, match: Match, candidates: np.ndarray) -> np.ndarray:
    """For whole labels in the query that a candidate's terms carry: their share of the weight."""
    bonus = np.zeros(len(candidates))
    total = sum(slot.weight for slot in match.slots)
    meant = [meant_word(slot) for slot in match.slots]
    best_of_span: dict[tuple[int, int], np.ndarray] = {}
    for key, span in labels_of(index, match).items() if total else ():
        held = _holds(index.postings.get(*key), candidates)
        if key[0] != Scheme.TYPE:
            held *= OF_OTHER_SCHEME
        best = best_of_span.get(span)
        best_of_span[span] = held if best is None else np.maximum(best, held)
    for (start, end), held in best_of_span.items():
        slots = zip(match.slots[start:end], meant[start:end], strict=True)
        share = sum(slot.weight * trust for slot, (_word, trust) in slots) / total
        bonus += WHOLE_LABEL * share * held
    return np.minimum(bonus, WHOLE_LABEL)


def labels_of(index: Index, match: Match) -> dict[tuple[str, str], tuple[int, int]]:
    """Terms that the words of a query name: key → (from, to) among the words."""
    if match.labels is None:
        match.labels = named_terms(index, match.slots)
    return match.labels


def _holds(listings: BitMap, candidates: np.ndarray) -> np.ndarray:
    held = np.zeros(len(candidates))
    held[np.isin(candidates, numbers_in(listings & bitmap_of(candidates)))] = 1.0
    return held


def _add_name_bonus(index: Index, match: Match, candidates: np.ndarray, scores: np.ndarray) -> None:
    """Compare the names of the best candidates with the query as a whole."""
    total = sum(slot.weight for slot in match.slots)
    if not total:
        return
    best = _best_first(index, candidates, scores)[:NAMES_MAX]
    query = NameQuery(match.slots, total)
    for place in best.tolist():
        scores[place] += query.bonus(index.name_words(int(candidates[place])))


class NameQuery:
    """The query as a name to be compared with names."""

    def __init__(self, slots: list[Slot], total: float) -> None:
        self.words = [slot.word for slot in slots]
        self.letters = "".join(self.words)
        self.trigrams = groups_of_letters(self.letters)
        self.pairs = [*pairwise(range(len(slots)))]
        # For every word of the query: the words that may stand for it, with their trust.
        self.stands_for: list[dict[str, float]] = []
        self.shares = [slot.weight / total for slot in slots]
        for slot in slots:
            trusts: dict[str, float] = {}
            for variant in slot.variants:
                for word in () if variant.is_compound else variant.words:
                    trusts[word] = max(trusts.get(word, 0.0), variant.trust)
            self.stands_for.append(trusts)

    def bonus(self, name: list[str]) -> float:
        """What the likeness of a name adds to the score."""
        letters = "".join(name)
        is_same = letters == self.letters
        found = [self._found(trusts, name) for trusts in self.stands_for]
        share = 1.0 if is_same else self._share(found)
        added = 0.0
        if share:
            likeness = ADJACENT * self._adjacent(found) + LIKENESS * self._dice(letters)
            added = share**2 * likeness
        if is_same:
            return added + SAME_NAME
        return added + (NAME_BEGINS if letters.startswith(self.letters) else 0.0)

    def _share(self, found: list[tuple[float, list[int]]]) -> float:
        """How much of the weight of the words stands in the name."""
        trusts = (trust for trust, _places in found)
        return sum(weight * trust for weight, trust in zip(self.shares, trusts, strict=True))

    def _adjacent(self, found: list[tuple[float, list[int]]]) -> float:
        """How many of the words that follow each other do so in the name."""
        if not self.pairs:
            return 0.0
        follows = sum(
            any(second - first == 1 for first in found[a][1] for second in found[b][1])
            for a, b in self.pairs
        )
        return follows / len(self.pairs)

    def _dice(self, letters: str) -> float:
        """The share of groups of three letters that name and query have both."""
        groups = groups_of_letters(letters)
        return 2.0 * len(self.trigrams & groups) / (len(self.trigrams) + len(groups))

    @staticmethod
    def _found(trusts: dict[str, float], name: list[str]) -> tuple[float, list[int]]:
        places = [position for position, word in enumerate(name) if word in trusts]
        return max((trusts[name[position]] for position in places), default=0.0), places


@lru_cache(maxsize=16_384)
def groups_of_letters(letters: str) -> frozenset[str]:
    """All groups of three letters, the edges counted as blanks."""
    padded = f"  {letters} "
    return frozenset(map("".join, zip(padded, padded[1:], padded[2:], strict=False)))


def fields_with(variant: Variant, number: int) -> Iterable[str]:
    """The fields of a listing in which a variant stands."""
    return (name for name, having in zip(FIELDS, variant.by_field, strict=True) if number in having)

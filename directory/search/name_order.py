"""Where the name of a changed listing belongs among the names of the base."""

from bisect import insort

import numpy as np

from directory.search.tables import Table, Texts
from directory.search.words import fold


class NameOrder:
    """Gives added listings a rank between those of the names before and after theirs."""

    def __init__(self, order: np.ndarray, names: Texts, rows: Table) -> None:
        """`order`: base listings by name. Names that are the same when folded share a rank."""
        self._order, self._names, self._rows = order, names, rows
        # Added names by where they belong in the order; those of one gap share it evenly.
        self._gaps: dict[int, list[tuple[str, int]]] = {}

    def enter(self, number: int, name: str) -> None:
        """Set the rank of an added listing."""
        folded = fold(name)
        place = self._place_of(folded)
        after = self._rank_at(place, default=self._rank_at(place - 1, default=-1.0) + 2.0)
        if place < len(self._order) and fold(self._name_at(place)) == folded:
            self._rows.set("name_rank", [number], [after])
            return
        gap = self._gaps.setdefault(place, [])
        insort(gap, (folded, number))
        distinct = {name: step for step, name in enumerate(dict.fromkeys(n for n, _ in gap), 1)}
        before = self._rank_at(place - 1, default=-1.0)
        width = (after - before) / (len(distinct) + 1)
        ranks = [before + width * distinct[name] for name, _number in gap]
        self._rows.set("name_rank", [number for _name, number in gap], ranks)

    def _place_of(self, folded: str) -> int:
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            if fold(self._name_at(middle)) < folded:
                low = middle + 1
            else:
                high = middle
        return low

    def _name_at(self, place: int) -> str:
        return self._names[int(self._order[place])]

    def _rank_at(self, place: int, default: float) -> float:
        if not 0 <= place < len(self._order):
            return default
        return float(self._rows["name_rank"][self._order[place]])

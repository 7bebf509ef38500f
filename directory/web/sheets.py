"""Sheets of outlines: coasts, borders and lakes from fixtures/basemap.

The files keep every line once, so that two neighbours share a border. They are read once for
each process; a line is unpacked when a view first shows it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from babel.core import get_global

from directory.exchange.outlines import Cell, bends, unpack

BASEMAP_DIR = Path(__file__).resolve().parents[2] / "fixtures" / "basemap"

LEVELS = (("near", 0.05), ("continent", 0.25), ("world", 360.0))
"""Files from fine to coarse, each good up to so many degrees for each unit of the drawing."""


@dataclass(frozen=True)
class Line:
    """One shared line, still packed, with its ends and its bounds in cells."""

    packed: str
    first: Cell
    last: Cell
    west: int
    south: int
    east: int
    north: int

    @classmethod
    def read(cls, packed: str) -> "Line":
        cells = unpack(packed)
        columns, rows = zip(*cells, strict=True)
        return cls(packed, cells[0], cells[-1], min(columns), min(rows), max(columns), max(rows))


@dataclass(frozen=True)
class Stretch:
    """A line as part of a ring: walked backwards or not, and moved by whole turns of the globe."""

    number: int
    is_reversed: bool
    turns: int


@dataclass(frozen=True)
class Ring:
    """A closed way along lines, with its bounds in cells."""

    stretches: tuple[Stretch, ...]
    west: int
    south: int
    east: int
    north: int


@dataclass(frozen=True, eq=False)
class Rings:
    """Rings that are drawn together."""

    rings: list[Ring]

    @cached_property
    def bounds(self) -> np.ndarray:
        """Four rows for all rings: west, south, east, north in cells."""
        return bounds_of(self.rings)


def bounds_of(parts: Sequence["Ring | Line"]) -> np.ndarray:
    """Four rows for all parts: west, south, east, north in cells."""
    sides = [(part.west, part.south, part.east, part.north) for part in parts]
    return np.array(sides, np.float64).reshape(-1, 4).T


class Sheet:
    """One file of outlines, ready to be drawn."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.cells_per_degree: int = content["cells_per_degree"]
        self.turn = 360 * self.cells_per_degree
        self.lines = [Line.read(packed) for packed in content["arcs"]]
        self.countries: dict[str, list[list[int]]] = content["countries"]
        self.divisions: list[int] = content["divisions"]
        self.lakes = Rings([self.ring([number]) for number in content["lakes"]])
        self._weighed: dict[int, np.ndarray] = {}

    def weighed(self, number: int) -> np.ndarray:
        """Three rows for the points of a line: x and y in cells, and by how many square cells each
        bends it. A line is unpacked when it is first shown, and kept: some megabytes in all."""
        found = self._weighed.get(number)
        if found is None:
            cells = unpack(self.lines[number].packed)
            found = np.array([*zip(*cells, strict=True), bends(cells)], np.float64)
            self._weighed[number] = found
        return found

    @cached_property
    def bounds(self) -> np.ndarray:
        """Four rows for all lines: west, south, east, north in cells."""
        return bounds_of(self.lines)

    @cached_property
    def borders(self) -> list[int]:
        """Lines with a country on both sides."""
        walked = [n for rings in self.countries.values() for ring in rings for n in ring]
        backwards = {~number for number in walked if number < 0}
        return sorted(backwards.intersection(number for number in walked if number >= 0))

    @lru_cache(maxsize=64)  # noqa: B019 - three sheets live as long as the process
    def land(self, countries: frozenset[str] | None, is_others: bool = False) -> Rings:
        """The land of these countries (ISO numeric codes) without the borders between them.

        None means all countries; ``is_others`` means all countries but these.
        """
        walked = {
            number
            for code, rings in self.countries.items()
            if countries is None or (code in countries) != is_others
            for ring in rings
            for number in ring
        }
        outer = {number for number in walked if ~number not in walked}
        return Rings([self.ring(numbers) for numbers in self.chained(outer)])

    def chained(self, numbers: set[int]) -> Iterable[list[int]]:
        """Closed ways made of all these directed lines, each used once."""
        starting: dict[Cell, list[int]] = {}
        for number in sorted(numbers, reverse=True):
            starting.setdefault(self.node(number, at_end=False), []).append(number)
        while starting:
            _, (number, *_) = next(iter(starting.items()))
            way = []
            node = self.node(number, at_end=False)
            while node in starting:
                number = starting[node].pop()
                if not starting[node]:
                    del starting[node]
                way.append(number)
                node = self.node(number, at_end=True)
            yield way

    def node(self, number: int, *, at_end: bool) -> Cell:
        """Where a directed line starts or ends, the same on both sides of the antimeridian."""
        line = self.lines[number if number >= 0 else ~number]
        x, y = line.last if at_end == (number >= 0) else line.first
        return x % self.turn, y

    def ring(self, numbers: Sequence[int]) -> Ring:
        """The ring along these directed lines, each moved to where the one before it ended."""
        stretches: list[Stretch] = []
        at: int | None = None
        for number in numbers:
            is_reversed = number < 0
            forward = ~number if is_reversed else number
            line = self.lines[forward]
            start, end = (line.last, line.first) if is_reversed else (line.first, line.last)
            turns = 0 if at is None else round((at - start[0]) / self.turn)
            stretches.append(Stretch(forward, is_reversed, turns))
            at = end[0] + turns * self.turn
        moved = [(self.lines[part.number], part.turns * self.turn) for part in stretches]
        return Ring(
            tuple(stretches),
            min(line.west + move for line, move in moved),
            min(line.south for line, _ in moved),
            max(line.east + move for line, move in moved),
            max(line.north for line, _ in moved),
        )


@lru_cache
def sheet(name: str) -> Sheet:
    """The outlines of a level: "near", "continent" or "world"."""
    return Sheet(json.loads((BASEMAP_DIR / f"{name}.json").read_text(encoding="ascii")))


def level_for(degrees_per_unit: float) -> str:
    """The coarsest file that still looks right at this scale."""
    return next(name for name, limit in LEVELS if degrees_per_unit <= limit)


def numeric_codes(countries: Iterable[str]) -> frozenset[str]:
    """ISO 3166 numbers ("768") for codes of two letters ("TG"); unknown codes are left out."""
    letters = {code.upper() for code in countries}
    aliases = get_global("territory_aliases")
    return frozenset(
        alias for alias, codes in aliases.items() if alias.isdigit() and codes[0] in letters
    )

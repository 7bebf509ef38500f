"""Makes the outlines in fixtures/basemap again, from TopoJSON files on this machine."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.exchange import topojson
from directory.exchange.outlines import Cell, Point, pack, ring_area, worth_keeping
from directory.exchange.topojson import Arc, NotTopoJSON, Ring, Shape


@dataclass(frozen=True)
class Level:
    """How fine one file is. Areas are in square degrees at the equator."""

    name: str
    cells_per_degree: int
    least_bend: float
    least_island: float
    least_lake: float


LEVELS = [
    Level("world", 20, least_bend=0.09, least_island=0.35, least_lake=2.0),
    Level("continent", 60, least_bend=0.006, least_island=0.02, least_lake=0.15),
    Level("near", 300, least_bend=0.0008, least_island=0.0016, least_lake=0.01),
]


@dataclass
class Sheet:
    """One file in the making: numbered packed lines, and what is drawn with them."""

    level: Level
    arcs: list[str] = field(default_factory=list)

    def add(self, arc: Arc) -> int | None:
        """The number of the arc, made simpler; None if nothing of it is left to see."""
        cells = self.cells(arc)
        closed = cells[0] == cells[-1]
        if len(cells) < (4 if closed else 2):
            return None
        self.arcs.append(pack(cells))
        return len(self.arcs) - 1

    def cells(self, arc: Arc) -> list[Cell]:
        """The points worth keeping, on the grid of this level, none twice in a row."""
        size = self.level.cells_per_degree
        cells: list[Cell] = []
        for index in worth_keeping(flat(arc), self.level.least_bend):
            cell = (round(arc[index][0] * size), round(arc[index][1] * size))
            if not cells or cell != cells[-1]:
                cells.append(cell)
        return cells


class Command(BaseCommand):
    help = (
        "Make the outlines of countries, states and lakes for the map from TopoJSON files. "
        "fixtures/basemap/README.md says which files, and where they come from."
    )

    # Files in, files out: the state of the database does not matter.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--countries", type=Path, required=True, help="TopoJSON with an object 'countries'"
        )
        parser.add_argument(
            "--states",
            type=Path,
            nargs="*",
            default=[],
            help="TopoJSON with 'states' (of the United States) or 'subunits' (with their country "
            "in the property gu); a country is taken from the first file that has it",
        )
        parser.add_argument(
            "--lakes", type=Path, nargs="*", default=[], help="TopoJSON with an object 'lakes'"
        )
        parser.add_argument(
            "--output", type=Path, required=True, help="folder for one file for each level"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            countries = read(options["countries"])
            arcs = [closed_at_the_pole(arc) for arc in topojson.arcs_of(countries)]
            shapes = topojson.shapes_of(countries, "countries")
            divisions = division_lines([read(path) for path in options["states"]])
            lakes = lake_shores([read(path) for path in options["lakes"]])
        except NotTopoJSON as error:
            raise CommandError(str(error)) from error
        options["output"].mkdir(parents=True, exist_ok=True)
        for level in LEVELS:
            sheet = sheet_of(level, arcs, shapes, divisions, lakes)
            path = options["output"] / f"{level.name}.json"
            path.write_text(json.dumps(sheet, separators=(",", ":")) + "\n", encoding="ascii")
            self.stdout.write(
                f"{path}: {path.stat().st_size // 1000} kB, {len(sheet['arcs'])} lines"
            )


def read(path: Path) -> dict[str, Any]:
    """The topology in a file. Raises CommandError if it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error


def sheet_of(
    level: Level, arcs: list[Arc], shapes: list[Shape], divisions: list[Arc], lakes: list[Arc]
) -> dict[str, Any]:
    """The content of one file; its README explains the keys."""
    sheet = Sheet(level)
    numbers: dict[int, int | None] = {}
    countries: dict[str, list[Ring]] = {}
    for shape in shapes:
        kept = [ring for ring in shape.rings if is_seen(ring, arcs, level, shape)]
        for number in {forward(number) for ring in kept for number in ring} - numbers.keys():
            numbers[number] = sheet.add(arcs[number])
        rings = [renumbered(ring, numbers) for ring in kept]
        countries.setdefault(shape.code, []).extend(ring for ring in rings if ring)
    shores = [lake for lake in lakes if area(lake) >= level.least_lake]
    return {
        "cells_per_degree": level.cells_per_degree,
        "countries": {code: rings for code, rings in sorted(countries.items()) if rings},
        "divisions": [n for n in map(sheet.add, divisions) if n is not None],
        "lakes": [n for n in map(sheet.add, shores) if n is not None],
        "arcs": sheet.arcs,
    }


def is_seen(ring: Ring, arcs: list[Arc], level: Level, shape: Shape) -> bool:
    """Whether a ring is worth its place. The largest island of a country always is."""
    if len(ring) > 1 or area(arcs[forward(ring[0])]) >= level.least_island:
        return True
    return ring == max(shape.rings, key=lambda other: area(arcs[forward(other[0])]))


def forward(number: int) -> int:
    """The number of an arc, whichever way it is walked."""
    return number if number >= 0 else ~number


def renumbered(ring: Ring, numbers: dict[int, int | None]) -> Ring:
    """The ring with the numbers of the new file, without the lines that vanished."""
    walked = [(number, numbers[forward(number)]) for number in ring]
    return [new if number >= 0 else ~new for number, new in walked if new is not None]


def flat(arc: Arc) -> list[Point]:
    """Degrees drawn so that areas are true to each other from the equator to the poles."""
    return [(x * cos(radians(y)), y) for x, y in arc]


def area(arc: Arc) -> float:
    """The area within a closed line, in square degrees at the equator."""
    return ring_area(flat(arc))


def closed_at_the_pole(arc: Arc) -> Arc:
    """A coast that goes once round the world, as Antarctica's does, taken down to the pole."""
    if abs(arc[-1][0] - arc[0][0]) < 359.9:
        return arc
    return [*arc, (arc[-1][0], -90.0), (arc[0][0], -90.0), arc[0]]


def division_lines(topologies: list[dict[str, Any]]) -> list[Arc]:
    """The borders between the states or provinces of a country, each once, coasts left out."""
    lines: list[Arc] = []
    done: set[str] = set()
    for topology in topologies:
        arcs = topojson.arcs_of(topology)
        name = "states" if "states" in topology["objects"] else "subunits"
        by_country: dict[str, list[Shape]] = {}
        for shape in topojson.shapes_of(topology, name):
            country = shape.properties.get("gu", "USA")
            by_country.setdefault(country, []).append(shape)
        for country in sorted(by_country.keys() - done):
            uses = topojson.uses_of(by_country[country])
            lines.extend(arcs[number] for number, times in sorted(uses.items()) if times == 2)
        done |= by_country.keys()
    return lines


def lake_shores(topologies: list[dict[str, Any]]) -> list[Arc]:
    """The outer shore of each lake, once even where the files overlap."""
    shores: dict[Cell, Arc] = {}
    for topology in topologies:
        arcs = topojson.arcs_of(topology)
        for shape in topojson.shapes_of(topology, "lakes"):
            shore = joined(shape.rings[0], arcs)
            middle = (
                round(sum(x for x, _ in shore) / len(shore) * 2),
                round(sum(y for _, y in shore) / len(shore) * 2),
            )
            shores.setdefault(middle, shore)
    return list(shores.values())


def joined(ring: Ring, arcs: list[Arc]) -> Arc:
    """The points of a ring, those where two arcs meet once."""
    points: Arc = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points

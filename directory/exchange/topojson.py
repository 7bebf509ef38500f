"""TopoJSON in: shared lines (arcs) and the shapes made of them.

TopoJSON keeps a border once and lets both neighbours point at it, so a simplified border stays
one line. Points here are ``(longitude, latitude)`` in degrees; an arc that crosses the
antimeridian runs on past 180 instead of jumping.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Arc = list[Point]
Ring = list[int]
"""Arc numbers in walking order; ``~number`` (negative) walks the arc backwards."""


class NotTopoJSON(ValueError):
    """The file is not a quantized TopoJSON topology, or lacks the object asked for."""


@dataclass(frozen=True)
class Shape:
    """One named shape: its rings, holes among them, to be filled by the even-odd rule."""

    code: str
    properties: dict[str, Any]
    rings: list[Ring]


def arcs_of(topology: dict[str, Any]) -> list[Arc]:
    """Every arc of the topology in degrees. Raises NotTopoJSON."""
    try:
        scale_x, scale_y = topology["transform"]["scale"]
        move_x, move_y = topology["transform"]["translate"]
        return [
            without_jumps([(x * scale_x + move_x, y * scale_y + move_y) for x, y in summed(arc)])
            for arc in topology["arcs"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise NotTopoJSON(f"not a quantized TopoJSON topology: {error}") from error


def shapes_of(topology: dict[str, Any], name: str) -> list[Shape]:
    """The polygons of one object of the topology. Raises NotTopoJSON."""
    try:
        geometries = topology["objects"][name]["geometries"]
    except (KeyError, TypeError) as error:
        raise NotTopoJSON(f"the topology has no collection {name!r}") from error
    return [
        Shape(
            code=str(geometry.get("id") or geometry.get("properties", {}).get("name", "")),
            properties=geometry.get("properties", {}),
            rings=list(rings_of(geometry)),
        )
        for geometry in geometries
    ]


def rings_of(geometry: dict[str, Any]) -> Iterator[Ring]:
    """The rings of a Polygon or MultiPolygon; nothing for other kinds."""
    match geometry.get("type"):
        case "Polygon":
            yield from geometry["arcs"]
        case "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def summed(differences: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Positions from a first position and the steps after it."""
    x = y = 0
    for step_x, step_y, *_ in differences:
        x += step_x
        y += step_y
        yield x, y


def without_jumps(points: Arc) -> Arc:
    """The same line, going on past 180 degrees where it jumped to the other side of the map."""
    walked: Arc = []
    turn = 0.0
    for longitude, latitude in points:
        if walked:
            turn += 360.0 * round((walked[-1][0] - longitude - turn) / 360.0)
        walked.append((longitude + turn, latitude))
    return walked


def uses_of(shapes: list[Shape]) -> dict[int, int]:
    """How many rings walk each arc: 1 is a coast, 2 is a border between neighbours."""
    uses: dict[int, int] = {}
    for shape in shapes:
        for ring in shape.rings:
            for number in ring:
                forward = number if number >= 0 else ~number
                uses[forward] = uses.get(forward, 0) + 1
    return uses

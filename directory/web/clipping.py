"""Cutting lines and rings to a frame, and writing them as SVG paths.

A frame is (left, top, right, bottom) in units of the drawing; y grows downwards.
"""

import itertools
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Frame = tuple[float, float, float, float]


def side_of(point: Point, frame: Frame) -> int:
    """On which sides the point lies out of the frame, as bits; 0 is inside."""
    x, y = point
    left, top, right, bottom = frame
    return (x < left) | (x > right) << 1 | (y < top) << 2 | (y > bottom) << 3


def thinned(points: Sequence[Point], frame: Frame) -> list[Point]:
    """The line without points that cannot show: those with both neighbours beyond the same side.

    What a ring through these points covers inside the frame stays exactly the same.
    """
    sides = [side_of(point, frame) for point in points]
    kept = [points[0]]
    kept_side = sides[0]
    for index in range(1, len(points) - 1):
        if not kept_side & sides[index] & sides[index + 1]:
            kept.append(points[index])
            kept_side = sides[index]
    return [*kept, points[-1]]


def clipped_ring(points: list[Point], frame: Frame, sides: int) -> list[Point]:
    """The part of a closed ring inside the frame (Sutherland and Hodgman), side by side.

    ``sides`` are those beyond which it may reach, as bits of `side_of`: it is cut at no others.
    """
    left, top, right, bottom = frame
    ring = points
    cuts = ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1))
    for bit, (axis, limit, sign) in enumerate(cuts):
        if ring and sides >> bit & 1:
            ring = clipped_at(ring, axis, limit, sign)
    return ring


def clipped_at(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """The ring on one side of a line: where ``sign * (coordinate - limit)`` is not negative."""
    kept: list[Point] = []
    before = ring[-1]
    before_depth = sign * (before[axis] - limit)
    for point in ring:
        depth = sign * (point[axis] - limit)
        if (depth < 0) != (before_depth < 0):
            share = before_depth / (before_depth - depth)
            kept.append(
                (
                    before[0] + (point[0] - before[0]) * share,
                    before[1] + (point[1] - before[1]) * share,
                )
            )
        if depth >= 0:
            kept.append(point)
        before, before_depth = point, depth
    return kept


def visible_runs(points: Sequence[Point], frame: Frame) -> Iterable[list[Point]]:
    """The stretches of an open line that touch the frame; each may reach out of it by a step."""
    run: list[Point] = []
    for first, second in itertools.pairwise(points):
        if side_of(first, frame) & side_of(second, frame):
            if run:
                yield run
            run = []
        else:
            run = run or [first]
            run.append(second)
    if run:
        yield run


def is_long(points: Sequence[Point], least: float) -> bool:
    """Whether a line reaches further than ``least`` in either direction."""
    columns, rows = zip(*points, strict=True)
    return max(columns) - min(columns) > least or max(rows) - min(rows) > least


def path(lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """SVG path data in whole units, relative steps. Lines without a length are left out."""
    return "".join(subpath(line, closed=closed) for line in lines)


def subpath(points: Sequence[Point], *, closed: bool) -> str:
    """One line of a path; empty if nothing of it is left after rounding."""
    cells = [(round(x), round(y)) for x, y in points]
    steps = [
        f"{next_x - x} {next_y - y}"
        for (x, y), (next_x, next_y) in itertools.pairwise(cells)
        if x != next_x or y != next_y
    ]
    if closed and cells[0] == cells[-1]:
        del steps[-1:]
    if len(steps) < (2 if closed else 1):
        return ""
    x, y = cells[0]
    return f"M{x} {y}l" + " ".join(steps).replace(" -", "-") + "z" * closed

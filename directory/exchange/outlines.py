"""Outlines on a map: making lines simpler, and packing them into small files.

Points are pairs ``(x, y)`` in any flat unit. Both ends of a line always stay, so lines that meet
go on meeting however much each is simplified.
"""

import heapq
from collections.abc import Iterable, Sequence
from math import inf

Point = tuple[float, float]
Cell = tuple[int, int]

# Packed numbers use the printable characters from "?" on, five bits in each.
FIRST_CHARACTER = 63
MORE_FOLLOWS = 0x20


def worth_keeping(points: Sequence[Point], tolerance: float) -> list[int]:
    """Which points of a line to keep: those that bend it by at least so much (see `bends`)."""
    return [index for index, bend in enumerate(bends(points)) if bend >= tolerance]


def bends(points: Sequence[Point]) -> list[float]:
    """How much each point bends a line: Visvalingam and Whyatt's rule, smallest triangle goes first.

    A point's bend is the area of its triangle when it goes, in square units of the points; the
    ends never go. At another scale all areas grow alike, so that one reckoning serves all scales.
    """
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    areas = [inf] * len(points)
    for middle in range(1, len(points) - 1):
        areas[middle] = triangle(points[middle - 1], points[middle], points[middle + 1])
    queue = [(areas[middle], middle) for middle in range(1, len(points) - 1)]
    heapq.heapify(queue)
    dropped = bytearray(len(points))
    while queue:
        area, middle = heapq.heappop(queue)
        if dropped[middle] or area != areas[middle]:
            continue
        dropped[middle] = 1
        left, right = before[middle], after[middle]
        after[left], before[right] = right, left
        for index in (left, right):
            if 0 < index < len(points) - 1:
                own = triangle(points[before[index]], points[index], points[after[index]])
                # Never smaller than what has gone already, or a bay would vanish from its end.
                areas[index] = max(own, area)
                heapq.heappush(queue, (areas[index], index))
    return areas


def triangle(first: Point, second: Point, third: Point) -> float:
    """The area between three points."""
    return (
        abs(
            (second[0] - first[0]) * (third[1] - first[1])
            - (third[0] - first[0]) * (second[1] - first[1])
        )
        / 2
    )


def ring_area(points: Sequence[Point]) -> float:
    """The area inside a closed line, never negative."""
    doubled = 0.0
    for (x, y), (next_x, next_y) in zip(points, [*points[1:], points[0]], strict=True):
        doubled += x * next_y - next_x * y
    return abs(doubled) / 2


def pack(cells: Iterable[Cell]) -> str:
    """Whole-number points as a short text: steps from point to point, small steps shortest."""
    text: list[str] = []
    x = y = 0
    for next_x, next_y in cells:
        text.append(packed_number(next_x - x) + packed_number(next_y - y))
        x, y = next_x, next_y
    return "".join(text)


def packed_number(number: int) -> str:
    """One whole number, lowest five bits first; the sign moves into the lowest bit."""
    rest = number << 1 if number >= 0 else ~(number << 1)
    text = ""
    while rest >= MORE_FOLLOWS:
        text += chr((rest & 0x1F | MORE_FOLLOWS) + FIRST_CHARACTER)
        rest >>= 5
    return text + chr(rest + FIRST_CHARACTER)


def unpack(text: str) -> list[Cell]:
    """The points that ``pack`` was given."""
    numbers: list[int] = []
    rest = shift = 0
    for byte in text.encode("ascii"):
        bits = byte - FIRST_CHARACTER
        rest |= (bits & 0x1F) << shift
        shift += 5
        if bits < MORE_FOLLOWS:
            numbers.append(~(rest >> 1) if rest & 1 else rest >> 1)
            rest = shift = 0
    cells: list[Cell] = []
    x = y = 0
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x += step_x
        y += step_y
        cells.append((x, y))
    return cells

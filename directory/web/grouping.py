"""Numbers of the list that would lie in a heap on the drawn map, taken together as one mark."""

from collections.abc import Callable, Sequence
from math import hypot

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.web.boxes import Box
from directory.web.marks import POINT_RADIUS, Mark

AT_MOST_SPREAD = 3  # Marks that still find room around one place, each with its number.
REACH = 3 * POINT_RADIUS
"""Units. What lies closer to the first of a group than that would be covered by its mark."""


def grouped(
    marks: Sequence[Mark], box: Box, size: tuple[int, int], view_url: Callable[[Box], str]
) -> list[Mark]:
    """The marks in their order, each heap of them as one mark that leads closer to it.

    ``size`` is the width and height of the drawing in units, which shows ``box``.
    """
    heaps: list[list[Mark]] = []
    for mark in marks:
        heap = next((heap for heap in heaps if _away(heap[0], mark, box, size) < REACH), None)
        if heap is None:
            heaps.append([mark])
        else:
            heap.append(mark)
    found = []
    for heap in heaps:
        found += heap if len(heap) <= AT_MOST_SPREAD else [_together(heap, view_url)]
    return found


def _away(one: Mark, other: Mark, box: Box, size: tuple[int, int]) -> float:
    degrees = (other.longitude - one.longitude + 180.0) % 360.0 - 180.0
    east = degrees * size[0] / max(box.width, 1e-9)
    return hypot(east, (other.latitude - one.latitude) * size[1] / max(box.height, 1e-9))


def _together(heap: list[Mark], view_url: Callable[[Box], str]) -> Mark:
    """One mark for several; where all are at one point, closer is no better: to the first of them."""
    points = [(mark.latitude, mark.longitude) for mark in heap]
    box = Box.around(points, margin=0.0)
    latitude, longitude = box.middle
    numbers = [int(mark.label) for mark in heap]
    return Mark(
        latitude=latitude,
        longitude=longitude,
        label=_label(numbers),
        url=view_url(box.padded(0.1)) if len({*points}) > 1 else heap[0].url,
        name=_("Results %(numbers)s are here") % {"numbers": ", ".join(map(str, numbers))},
        kind="group",
        members=tuple(heap),
    )


def _label(numbers: list[int]) -> str:
    """ "1–8" for numbers that follow one another, else how many there are."""
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    words = ngettext("%(count)d here", "%(count)d here", len(numbers))
    return words % {"count": len(numbers)}

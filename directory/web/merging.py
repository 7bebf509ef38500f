"""Counts on a small map that would cover each other, taken together as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

from directory.search import query as asked
from directory.search.query import Cluster
from directory.web.boxes import Box
from directory.web.marks import LARGEST_CLUSTER, SEAM_GAP


@dataclass(frozen=True)
class Scale:
    """How many units of the drawing a degree is, east and north."""

    east: float
    north: float


def merged(clusters: Sequence[Cluster], box: Box, width: int, height: int) -> list[Cluster]:
    """The clusters, so that no two discs overlap in a drawing of this size (in units)."""
    scale = Scale(width / max(box.width, 1e-9), height / max(box.height, 1e-9))
    found, before = list(clusters), 0
    while len(found) != before:  # Merged marks grow, and may meet again.
        before = len(found)
        found = _merged_once(found, scale)
    return found


def _merged_once(clusters: list[Cluster], scale: Scale) -> list[Cluster]:
    kept: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda each: -each.count):
        index = next((i for i, other in enumerate(kept) if _touch(cluster, other, scale)), None)
        if index is None:
            kept.append(cluster)
        else:
            kept[index] = _together(kept[index], cluster)
    return kept


def _radius(cluster: Cluster) -> float:
    return min(8.5 + 1.05 * sqrt(cluster.count), LARGEST_CLUSTER) + SEAM_GAP


def _touch(one: Cluster, other: Cluster, scale: Scale) -> bool:
    east = _east(one.longitude, other.longitude) * scale.east
    north = (one.latitude - other.latitude) * scale.north
    return hypot(east, north) < _radius(one) + _radius(other)


def _east(one: float, other: float) -> float:
    """Degrees from one meridian to another, the shorter way round."""
    return (other - one + 180.0) % 360.0 - 180.0


def _together(one: Cluster, other: Cluster) -> Cluster:
    count = one.count + other.count
    share = other.count / count
    longitude = one.longitude + _east(one.longitude, other.longitude) * share
    return replace(
        one,
        count=count,
        latitude=one.latitude + (other.latitude - one.latitude) * share,
        longitude=(longitude + 180.0) % 360.0 - 180.0,
        box=_around(one.box, other.box),
        organization_id=None,
    )


def _around(one: asked.Box, other: asked.Box) -> asked.Box:
    corners = [(b.south, b.west) for b in (one, other)] + [(b.north, b.east) for b in (one, other)]
    box = Box.around(corners, margin=0.0)
    return asked.Box(box.west, box.south, box.east, box.north)

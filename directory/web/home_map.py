"""The map of the first page: where listings are, as counts that lead to them."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import ngettext

from directory.search import query as asked
from directory.search.query import Cluster, Query
from directory.web.boxes import Box
from directory.web.links import Question
from directory.web.maps import DrawnMap, Mark, Place, draw
from directory.web.merging import merged
from directory.web.results_map import towns_in, with_room, zoom_of
from directory.web.searching import clusters

WIDTH, HEIGHT = 400, 320
EVERYWHERE = asked.Box(-180.0, -85.0, 180.0, 85.0)


@dataclass(frozen=True)
class HomeMap:
    """What the template needs."""

    drawn: DrawnMap
    moves: dict[str, str]
    in_miles: bool


def home_map(query: Query) -> HomeMap | None:
    """The map of all listings that have a published point; None while there are none."""
    everything = clusters(query, EVERYWHERE, 2)
    if not everything:
        return None
    box = box_of(everything).fitted(WIDTH / HEIGHT)
    towns = towns_in(box)
    view = asked.Box(box.west, box.south, box.east, box.north)
    counted = merged(clusters(query, view, zoom_of(box)), box, WIDTH, HEIGHT)
    marks = [mark_of(cluster, towns) for cluster in counted]
    drawn = draw(box, marks, towns, width=WIDTH, height=HEIGHT)
    return HomeMap(
        drawn=drawn,
        moves={name: results_in(moved) for name, moved in drawn.moves.items()},
        in_miles=settings.DEFAULT_UNIT == "mi",
    )


def box_of(found: list[Cluster]) -> Box:
    """The box around all clusters, on the shorter way round the globe."""
    corners = [
        corner
        for cluster in found
        for corner in (
            (cluster.box.south, cluster.box.west),
            (cluster.box.north, cluster.box.east),
        )
    ]
    return with_room(Box.around(corners, margin=0.0))


def mark_of(cluster: Cluster, towns: list[Place]) -> Mark:
    words = {"count": cluster.count, "place": town_of(cluster, towns)}
    if words["place"]:
        name = ngettext(
            "%(count)d listing around %(place)s",
            "%(count)d listings around %(place)s",
            cluster.count,
        )
    else:
        name = ngettext("%(count)d listing here", "%(count)d listings here", cluster.count)
    box = Box(cluster.box.west, cluster.box.south, cluster.box.east, cluster.box.north)
    return Mark(
        latitude=cluster.latitude,
        longitude=cluster.longitude,
        label=str(cluster.count),
        url=results_in(box.padded(0.1)),
        name=name % words,
        kind="cluster",
    )


def town_of(cluster: Cluster, towns: list[Place]) -> str:
    """The largest town of the view that lies among the listings counted, else the nearest one."""
    box = Box(cluster.box.west, cluster.box.south, cluster.box.east, cluster.box.north)
    inside = [town for town in towns if box.contains(town[1], town[2])]
    if inside:
        return max(inside, key=lambda town: town[3])[0]

    def away(town: Place) -> float:
        east = (town[2] - cluster.longitude + 180) % 360 - 180
        return (town[1] - cluster.latitude) ** 2 + (east * box.narrowing) ** 2

    return min(towns, key=away)[0] if towns else ""


def results_in(box: Box) -> str:
    return Question.made([("bbox", box.as_parameter())]).url()

"""The map of a place: its listings as counts that lead to them."""

from dataclasses import dataclass, replace

from directory.models import Place, PlaceKind
from directory.search import query as asked
from directory.search.query import Cluster, Query
from directory.web.boxes import Box
from directory.web.home_map import mark_of
from directory.web.links import Question
from directory.web.maps import DrawnMap, draw
from directory.web.merging import merged
from directory.web.results_map import around, towns_in, zoom_of
from directory.web.searching import clusters

WIDTH, HEIGHT = 400, 294
TOWN_KILOMETRES = 15
REGION_KILOMETRES = 150


@dataclass(frozen=True)
class PlaceMap:
    """What the template needs."""

    drawn: DrawnMap


def place_map(place: Place, query: Query) -> PlaceMap:
    """The place in its surroundings, with the listings in it that have a published point."""
    box = box_of(place).fitted(WIDTH / HEIGHT)
    towns = towns_in(box)
    view = asked.Box(box.west, box.south, box.east, box.north)
    counted = merged(clusters(query, view, zoom_of(box)), box, WIDTH, HEIGHT)
    marks = [
        replace(mark_of(cluster, towns), url=results_in(place, cluster)) for cluster in counted
    ]
    home = frozenset({place.country_code})
    return PlaceMap(draw(box, marks, towns, width=WIDTH, height=HEIGHT, home=home))


def results_in(place: Place, cluster: Cluster) -> str:
    """The listings of the place that a cluster counts, and no others beside them."""
    box = Box(cluster.box.west, cluster.box.south, cluster.box.east, cluster.box.north)
    view = box.padded(0.1).as_parameter()
    return Question.made([("place", place.path), ("bbox", view)]).url()


def box_of(place: Place) -> Box:
    """The box of a country or region; around a town, what lies within an easy ride."""
    if place.bbox:
        return Box(*place.bbox).padded(0.05)
    is_town = place.kind == PlaceKind.TOWN
    kilometres = TOWN_KILOMETRES if is_town else REGION_KILOMETRES
    return around(place.latitude, place.longitude, kilometres)

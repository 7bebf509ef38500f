"""The map beside the list: numbered points of this page, counts for the others, moves as links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import cos, log2, radians

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.search import query as asked
from directory.search.query import Cluster, Found, Query
from directory.search.towns import Town, largest_towns
from directory.web import distances
from directory.web.boxes import Box
from directory.web.cards import Card
from directory.web.grouping import grouped
from directory.web.links import Question
from directory.web.maps import KILOMETRES_PER_DEGREE, DrawnMap, Mark, draw
from directory.web.merging import merged
from directory.web.searching import clusters

WIDTH, HEIGHT = 400, 340
WORLD = Box(-180.0, -60.0, 180.0, 75.0)
WORLD_FROM_DEGREES = 180.0  # A view wider than this is cut in the Pacific, as people expect.
MOST_NAMES = 40  # Towns offered to the map; it takes those it has room for.
LEAST_DEGREES = 0.05  # A lone point is shown with its surroundings, about five kilometres.


@dataclass(frozen=True)
class MapPanel:
    """All that the template _results_map.html needs."""

    drawn: DrawnMap
    title: str
    in_miles: bool
    ring_words: str
    moves: dict[str, str]
    question: str  # of the results, as the query string that the live map asks with
    here_url: str  # the same question for what the map shows
    has_groups: bool
    numbers_shown: frozenset[int]


def results_map(found: Found, cards: Sequence[Card], query: Query, question: Question) -> MapPanel:
    """The map of one page of results."""
    box = box_of(found, query)
    fitted = box.padded(0.0).fitted(WIDTH / HEIGHT)
    view_url = views(question)
    size = (WIDTH, round(WIDTH * fitted.height / (fitted.width * fitted.narrowing)))
    located = [mark_of(card) for card in cards if card.location]
    points = grouped(located, fitted, size, view_url)
    others = other_marks(fitted, cards, query, question) if found.pages > 1 else []
    near = query.near
    has_ring = near is not None and not near.is_wide
    ring = (near.latitude, near.longitude, query.radius_km) if has_ring else None
    drawn = draw(fitted, [*others, *points], towns_in(fitted), ring=ring)
    shown = {each.url for mark in drawn.marks for each in (mark.members or (mark,))}
    country = country_of(query, cards)
    return MapPanel(
        drawn=drawn,
        title=title_of(cards, query),
        in_miles=distances.is_in_miles(country),
        ring_words=distances.in_words(query.radius_km, country) if has_ring else "",
        moves={name: view_url(box) for name, box in drawn.moves.items()},
        question=question.query_string(),
        here_url=view_url(drawn.box),
        has_groups=any(mark.kind == "group" for mark in drawn.marks),
        numbers_shown=frozenset(c.number for c in cards if f"#hit-{c.number}" in shown),
    )


def box_of(found: Found, query: Query) -> Box:
    """What to show: the box asked for, else the region or ring, else around the hits."""
    if query.box:
        return Box(query.box.west, query.box.south, query.box.east, query.box.north)
    if query.near and query.near.box:
        wide = query.near.box
        return with_room(Box(wide.west, wide.south, wide.east, wide.north))
    if query.near and not query.near.is_wide:
        return around(query.near.latitude, query.near.longitude, query.radius_km)
    if found.box is None:
        return WORLD
    box = Box(found.box.west, found.box.south, found.box.east, found.box.north)
    return with_room(box)


def with_room(box: Box) -> Box:
    """A box around marks as a view: never without size, and the whole world the usual way round."""
    if box.width > WORLD_FROM_DEGREES:
        return Box(WORLD.west, box.south, WORLD.east, box.north).padded(0.12)
    width, height = max(box.width, LEAST_DEGREES), max(box.height, LEAST_DEGREES)
    return box.resized(width, height).padded(0.12)


def around(latitude: float, longitude: float, kilometres: float) -> Box:
    """The box around a ring, with a little room beside it."""
    height = 2.2 * kilometres / KILOMETRES_PER_DEGREE
    width = min(height / max(cos(radians(latitude)), 0.05), 360.0)
    return Box.laid(longitude - width / 2, latitude - height / 2, width, height)


def mark_of(card: Card) -> Mark:
    words = {"number": card.number, "name": card.organization.name}
    if card.location.is_approximate:
        name = _("Result %(number)d: %(name)s, place is approximate") % words
    else:
        name = _("Result %(number)d: %(name)s") % words
    return Mark(
        latitude=card.location.latitude,
        longitude=card.location.longitude,
        label=str(card.number),
        url=f"#hit-{card.number}",
        name=name,
        kind="about" if card.location.is_approximate else "point",
    )


def other_marks(box: Box, cards: Sequence[Card], query: Query, question: Question) -> list[Mark]:
    """Counts for what stands on other pages."""
    view = asked.Box(box.west, box.south, box.east, box.north)
    here = Here(
        frozenset(card.organization.pk for card in cards),
        [(card.location.latitude, card.location.longitude) for card in cards if card.location],
    )
    others = []
    for cluster in clusters(query, view, zoom_of(box)):
        count = cluster.count - here.counted_in(cluster)
        if count > 0:
            others.append(replace(cluster, count=count))
    view_url = views(question)
    return [cluster_mark(cluster, view_url) for cluster in merged(others, box, WIDTH, HEIGHT)]


@dataclass(frozen=True)
class Here:
    """The listings of this page, and their points."""

    listings: frozenset[int]
    points: list[tuple[float, float]]

    def counted_in(self, cluster: Cluster) -> int:
        """How many of them are among those that the cluster counts."""
        if cluster.organization_id is not None:
            return int(cluster.organization_id in self.listings)
        south, north = cluster.box.south, cluster.box.north
        west, width = cluster.box.west, box_of_cluster(cluster).width
        return sum(
            south <= latitude <= north and (longitude - west) % 360.0 <= width
            for latitude, longitude in self.points
        )


def box_of_cluster(cluster: Cluster) -> Box:
    return Box(cluster.box.west, cluster.box.south, cluster.box.east, cluster.box.north)


def cluster_mark(cluster: Cluster, view_url: Callable[[Box], str]) -> Mark:
    name = ngettext(
        "%(count)d more result here, on another page",
        "%(count)d more results here, on other pages",
        cluster.count,
    ) % {"count": cluster.count}
    return Mark(
        latitude=cluster.latitude,
        longitude=cluster.longitude,
        label=f"+{cluster.count}",
        url=view_url(box_of_cluster(cluster).padded(0.1)),
        name=name,
        kind="more",
    )


def zoom_of(box: Box) -> int:
    """The zoom of web maps at which this box is about 400 pixels wide."""
    return max(0, min(18, round(log2(360.0 * 400 / 256 / max(box.width, 0.001)))))


def towns_in(box: Box, most: int = MOST_NAMES) -> list[Town]:
    """The largest towns of a view: name, latitude, longitude, people."""
    return largest_towns(asked.Box(box.west, box.south, box.east, box.north), most)


def country_of(query: Query, cards: Sequence[Card]) -> str:
    """The country whose unit the map speaks: of the place asked for, else of all that is shown."""
    if query.near:
        return query.near.country_code
    countries = {card.location.country for card in cards if card.location}
    return countries.pop() if len(countries) == 1 else ""


def title_of(cards: Sequence[Card], query: Query) -> str:
    if not cards:
        return _("Map without results")
    words = {"first": cards[0].number, "last": cards[-1].number}
    if query.near:
        words["place"] = query.near.label
        return _("Map of results %(first)d to %(last)d near %(place)s") % words
    return _("Map of results %(first)d to %(last)d") % words


def views(question: Question) -> Callable[[Box], str]:
    """What gives the address of the same question for another view of the map.

    A view takes the place of a point and its radius.
    """
    moved = question.without("near", "radius", "bbox")
    path, with_value = reverse("organization-list"), moved.adder("bbox")
    return lambda box: f"{path}{with_value(box.as_parameter())}#map"

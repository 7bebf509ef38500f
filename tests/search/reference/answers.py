"""The whole answer to a query: how many, in which order, with which counts."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from directory.models import VerificationLevel
from directory.models.confirmation import is_stale
from directory.models.organization import ENDED
from directory.search.query import Query
from directory.search.words import fold
from tests.search.reference.conditions import Conditions
from tests.search.reference.counting import shown_of
from tests.search.reference.places import Nearness, near
from tests.search.reference.scoring import score
from tests.search.reference.world import Entry, World, read_world


@dataclass
class Answer:
    """What the engine must say to a query."""

    total: int
    without_point: int
    pages: int
    sort: str
    order: list[int]  # all that is found
    page: list[int]  # of the page asked for
    where: list[str]
    distances: list[float | None]
    facets: dict[str, dict[str, int]]
    dropped: tuple[str, ...]


def answer(query: Query, world: World | None = None) -> Answer:
    """The answer, from nothing but the rows as they are now."""
    world = world or read_world()
    conditions = Conditions(world, query)
    found = conditions.found()
    sort = sort_of(query)
    ordered = in_order(conditions, found, sort)
    # "Pages end at RESULT_WINDOW"; pages hold the order cut in pieces.
    start = (query.page - 1) * query.page_size
    page = ordered[: settings.RESULT_WINDOW][start : start + query.page_size]
    nearness = [_nearness(conditions, entry) for entry in page]
    shown = min(len(found), settings.RESULT_WINDOW)
    return Answer(
        total=len(found),
        without_point=sum(not any(spot.point for spot in entry.spots) for entry in found),
        pages=max(1, -(-shown // query.page_size)),
        sort=sort,
        order=[entry.pk for entry in ordered],
        page=[entry.pk for entry in page],
        where=[_told(n.where) if n else "" for n in nearness],
        distances=[n.distance_km if n else None for n in nearness],
        facets=shown_of(conditions),
        dropped=conditions.matched.dropped if conditions.matched else (),
    )


def _told(where: str) -> str:
    return "serves" if where in {"afar", "online"} else where


def sort_of(query: Query) -> str:
    """ ""  = relevance if words, else distance if near, else name"; distance needs a point, and
    of a region or country none is told."""
    has_point = query.near and not query.near.is_wide
    if query.sort and (query.sort != "distance" or has_point):
        return query.sort
    if query.words or (query.near and not has_point):
        return "relevance"
    return "distance" if query.near else "name"


def in_order(conditions: Conditions, found: list[Entry], sort: str) -> list[Entry]:
    """Listings in order; equals "by confirmed, then stale, then closed, then newest" (SEARCH.md 3),
    at last by row, so that pages neither repeat nor leave out."""
    keys = {"name": _by_name, "confirmed": _by_confirmation}
    if sort in keys:
        return sorted(found, key=lambda entry: (keys[sort](entry), *among_equals(entry)))
    return sorted(found, key=lambda entry: _by_fit(conditions, entry, sort))


def among_equals(entry: Entry) -> tuple:
    """Checked and fresh before unchecked, then stale, then ended; of each the newest first."""
    row = entry.row
    today = timezone.localdate()
    if row.lifecycle in ENDED:
        kind = 3
    elif row.verified_on and is_stale(row.verification, row.verified_on, today):
        kind = 2
    else:
        kind = 0 if row.verification >= VerificationLevel.EDITOR_CHECKED else 1
    return kind, -row.published_at.timestamp(), row.pk


def _by_name(entry: Entry) -> str:
    """Accents and case aside, letter by letter: not as a database collates."""
    return fold(entry.row.name)


def _by_confirmation(entry: Entry) -> int:
    """The day of the last confirmation, the latest first; never confirmed comes last."""
    confirmed = entry.row.last_confirmed_at
    return -timezone.localdate(confirmed).toordinal() if confirmed else 0


def _nearness(conditions: Conditions, entry: Entry) -> Nearness | None:
    query = conditions.query
    return near(conditions.world, entry, query.near, query.radius_km) if query.near else None


def _by_fit(conditions: Conditions, entry: Entry, sort: str) -> tuple:
    """By relevance and by distance.

    "By distance where a place is given and asked for": first who is located there, then who serves
    less than a country around it, the nearest of each first; then who serves the country, then who
    is online only. By relevance these come last, and first who is in the very place or names it.
    """
    nearness = _nearness(conditions, entry)
    where = nearness.where if nearness else ""
    if sort == "distance":
        group = ["located", "serves", "afar", "online"].index(where)
        if group < 2:
            distance = nearness.distance_km
            known = float("inf") if distance is None else round(distance, 6)
            return group, known, *among_equals(entry)
    else:
        # "Who lies in the place that was named, or names it as what it serves" (ADR 10).
        path = conditions.query.near.place_path if conditions.query.near else ""
        is_there = path in {*entry.located, *(area.path for area in entry.areas)} - {""}
        group = 0 if is_there else 2 if where == "online" else 1
    fit = 0.0
    if conditions.matched:
        fit = score(conditions.world, conditions.matched, entry)
    return group, -round(fit, 9), *among_equals(entry)

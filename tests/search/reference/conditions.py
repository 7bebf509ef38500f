"""Whether one listing meets one condition of a query."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from directory.models import VerificationLevel
from directory.search.query import FACETS, Choice, Query
from tests.search.reference.matching import Matched, matched
from tests.search.reference.places import is_in, near, serves
from tests.search.reference.small_world import HOURS
from tests.search.reference.world import ANYTHING, Entry, Spot, World

SCHEMES = ("type", "value", "sector")


def codes_of(entry: Entry, facet: str) -> set[str]:
    """The values of a facet that a listing counts for: "a parent finds its descendants"
    (DESIGN.md 5)."""
    match facet:
        case "type" | "value" | "sector":
            return {code for scheme, code in entry.terms if scheme == facet}
        case "place":
            return entry.located
        case "verification":
            return {VerificationLevel(entry.row.verification).code}
        case "language":
            return entry.languages
        case "source":
            return entry.sources
        case "network":
            return entry.networks
        case _:
            return {entry.row.lifecycle}


def is_chosen(entry: Entry, facet: str, choice: Choice) -> bool:
    """ "OR within a parameter; a leading - excludes" (DESIGN.md 5)."""
    codes = codes_of(entry, facet)
    return (not choice.include or bool(codes & {*choice.include})) and not codes & {*choice.exclude}


def is_checked(entry: Entry, key: tuple[str, str]) -> bool:
    """Checked by somebody else; the last day on which a check holds is a day on which it holds."""
    until = entry.checked.get(key)
    return until is not None and until >= timezone.localdate()


def is_verified(entry: Entry, query: Query, *, without: str = "") -> bool:
    """Checked by someone else: one of the terms chosen in each scheme; where none is, anything."""
    wanted = {
        scheme: choice.include
        for scheme in SCHEMES
        if (choice := query.facets.get(scheme)) and choice.include and scheme != without
    }
    return is_checked(entry, ANYTHING) and all(
        any(is_checked(entry, (scheme, code)) for code in codes) for scheme, codes in wanted.items()
    )


def is_confirmed(entry: Entry, query: Query) -> bool:
    """Confirmed on that day or later, by the calendar of the directory."""
    confirmed = entry.row.last_confirmed_at
    return confirmed is not None and timezone.localdate(confirmed) >= query.confirmed_after


def is_open(spot: Spot) -> bool:
    """Surely open at this moment, by the clock on the wall there."""
    if not (spot.zone and (hours := HOURS.get(spot.hours))):
        return False
    weekdays, first, end = hours
    there = timezone.now().astimezone(ZoneInfo(spot.zone))
    return there.weekday() in weekdays and first <= there.hour < end


class Conditions:
    """The conditions of one query."""

    def __init__(self, world: World, query: Query) -> None:
        self.world, self.query = world, query
        self.matched: Matched | None = matched(world, query.words) if query.words else None

    def meets(self, entry: Entry, *, without: str = "") -> bool:
        """ "AND across" (DESIGN.md 5). `without`: leave one condition out, by its parameter."""
        tests = {
            "q": self.matched is None or entry.pk in self.matched.found,
            "near": self._is_near(entry),
            "bbox": self._is_in_box(entry),
            "serves": not self.query.serves or serves(self.world, entry, self.query.serves),
            "verified_only": not self.query.verified_only
            or is_verified(entry, self.query, without=without),
            "open_now": not self.query.open_now or any(map(is_open, entry.spots)),
            "confirmed_after": not self.query.confirmed_after or is_confirmed(entry, self.query),
        }
        for facet in FACETS:
            tests[facet] = is_chosen(entry, facet, self.query.facets.get(facet, Choice()))
        return all(is_met for parameter, is_met in tests.items() if parameter != without)

    def found(self) -> list[Entry]:
        """All listings that meet every condition."""
        return [entry for entry in self.world.entries if self.meets(entry)]

    def _is_near(self, entry: Entry) -> bool:
        point, radius_km = self.query.near, self.query.radius_km
        return point is None or near(self.world, entry, point, radius_km) is not None

    def _is_in_box(self, entry: Entry) -> bool:
        box = self.query.box
        return box is None or any(spot.point and is_in(box, spot.point) for spot in entry.spots)

"""A search as plain values: what is asked, and what is answered.

Both doors build a Query from the same FilterSet (`search.filters`) and hand it to
`search.engine.search`, which answers with a Found.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True)
class Choice:
    """The codes picked in one facet: any of `include` (OR), none of `exclude`."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.include or self.exclude)


@dataclass(frozen=True)
class Box:
    """A map view in degrees; west > east means that it crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        width = self.east - self.west
        return width if width >= 0.0 else width + 360.0

    @property
    def middle(self) -> tuple[float, float]:
        """Latitude and longitude of the middle."""
        longitude = (self.west + self.width / 2 + 180.0) % 360.0 - 180.0
        return (self.south + self.north) / 2, longitude


@dataclass(frozen=True)
class Point:
    """A point to measure from: degrees, the words to call it by, and its place if it is one."""

    latitude: float
    longitude: float
    label: str
    place_path: str = ""  # Place.path where the point is a place of the gazetteer
    country_code: str = ""
    # It stands for a whole region or country: no distance from it says anything.
    is_wide: bool = False
    box: Box | None = None  # around the region or country


# The facets, by their parameter name. The first three are schemes of terms.
FACETS = (
    "type",
    "value",
    "sector",
    "place",
    "verification",
    "language",
    "source",
    "lifecycle",
    "network",
)
SORTS = ("relevance", "distance", "name", "confirmed")


@dataclass(frozen=True)
class Query:
    """One search. An empty Query finds every published listing."""

    words: str = ""
    words_only: bool = False  # no word is taken for a place
    facets: dict[str, Choice] = field(default_factory=dict)  # by FACETS name; absent = no choice
    near: Point | None = None
    radius_km: float = 25.0
    box: Box | None = None
    serves: str = ""  # Place.path: only listings that serve it (or an area holding it)
    verified_only: bool = False
    confirmed_after: datetime.date | None = None
    open_now: bool = False
    # One of SORTS; "" = relevance if words or near a region, else distance if near, else name.
    sort: str = ""
    page: int = 1
    page_size: int = 20
    language: str = "en"  # of labels in facets and reasons


@dataclass(frozen=True)
class Reason:
    """Why a hit was found, in parts a template can put into words.

    kind: "word" (word stands in field: name, other_name, text, place), "term" (word is a label or
    synonym of a term the listing carries), "spelling" (a similar word stands there), "identifier"
    (field: uid, website, or "" for a number in a register).
    `words` are the words of the listing or of the term as they are written there.
    """

    kind: str
    words: tuple[str, ...] = ()
    field: str = ""
    scheme: str = ""
    code: str = ""
    label: str = ""


@dataclass(frozen=True)
class Hit:
    """One listing found: its row id, why, and where it stands to the point asked for."""

    organization_id: int
    where: str = ""  # "located" (near the point) | "serves" (serves it from elsewhere) | ""
    # To its nearest public point; None if unknown, not asked, or asked of a region or country.
    distance_km: float | None = None
    why: tuple[Reason, ...] = ()
    # The narrowest area of the listing that holds the point; only where it "serves".
    area_kind: str = ""  # an AreaKind: "place" | "country" | "radius" | "online"; "" if none
    area_name: str = ""  # of the place or country
    area_km: float | None = None  # of the circle
    area_code: str = ""  # Place.path of the place, or the country's two letters in capitals


class FacetValue(NamedTuple):
    """One value of a facet with its live count (its own facet's choice not applied)."""

    code: str
    label: str
    count: int
    is_chosen: bool = False
    is_excluded: bool = False
    depth: int = 0  # in the tree of terms or places, for indenting
    parent: str = ""


@dataclass(frozen=True)
class Removal:
    """Advice: leave out this one filter, and so many would be found."""

    parameter: str  # a query parameter: "q", "type", "near", "radius", "verified_only" …
    value: str  # its value, "" for the whole parameter
    label: str  # in words, e.g. "Credit union", "within 25 km"
    count: int


@dataclass(frozen=True)
class Advice:
    """What to do when little or nothing is found."""

    spellings: tuple[tuple[str, int], ...] = ()  # (words that may have been meant, what they find)
    removals: tuple[Removal, ...] = ()
    # Where no single removal helps: what each filter finds by itself, all others left out.
    alone: tuple[Removal, ...] = ()
    nearest: tuple[Hit, ...] = ()  # the nearest hits beyond the radius, at most five
    serving: tuple[Hit, ...] = ()  # others that serve the area from afar or online, at most five
    wider_km: float | None = None  # the smallest offered radius that finds something
    wider_count: int = 0  # what it finds
    corrected: tuple[tuple[str, str], ...] = ()  # (typed, taken as) spelling corrections
    dropped: tuple[str, ...] = ()  # words nothing was found for
    # How many texts were looked through for quoted words, where there were more; else 0.
    texts_read: int = 0


@dataclass(frozen=True)
class Found:
    """The answer: everything a results page or an API call shows except the rows themselves."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    advice: Advice
    sequence: int  # place in the log up to which this answer is right
    without_point: int = 0  # listings found that have no public point (online or hidden)
    sort: str = ""  # the order that was used
    box: Box | None = None  # smallest box around the hits of this page that have a point
    pages: int = 1
    # False while the index is being built: hits of one page only, and no counts at all
    is_counted: bool = True


@dataclass(frozen=True)
class FoundIds:
    """Everything that is found, without pages: row ids in order, as an array of numbers."""

    ids: Sequence[int]
    sequence: int  # place in the log up to which this answer is right


@dataclass(frozen=True)
class Cluster:
    """Listings near each other at one zoom: count, mean point, the box to zoom to.

    A cluster of one carries its listing.
    """

    count: int
    latitude: float
    longitude: float
    box: Box
    organization_id: int | None = None


@dataclass(frozen=True)
class Suggestion:
    """One completion while typing: what it is, its words, and where it leads."""

    kind: str  # "organization" | "term" | "place"
    label: str
    hint: str = ""  # type of the listing, scheme of the term, region and country of the place
    slug: str = ""  # organization slug, or Place.path
    other_name: str = ""  # of the place, where only that begins as typed
    scheme: str = ""
    code: str = ""

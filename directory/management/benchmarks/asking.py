"""The thirteen shapes of question, each in many variants drawn from the listings themselves.

The same database gives the same questions. Words are drawn by how many listings have them, since
that decides what a question costs; none is asked twice in a row.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from math import cos, log2, radians
from random import Random

from django.conf import settings

from directory.management.synthetic.chance import an_early_one, one_of
from directory.models import Claim, Location, Organization, Precision
from directory.search.query import Box, Choice, Point, Query
from directory.search.words import is_stop_word, words_of

SHAPES = (
    "landing",
    "one type",
    "broad word",
    "rare word",
    "two words",
    "misspelt word",
    "autocomplete",
    "near, 10 km",
    "near, 50 km",
    "world box",
    "city box",
    "word, two filters, box",
    "page 500",
)
READ = 20_000  # Listings that words and places are drawn from.
BROAD_FROM = 0.02  # Share of listings that have a broad word.
RARE_UP_TO = 0.0005
KILOMETRES_PER_DEGREE = 111.195
LETTERS_MIN = 6  # A shorter word is seldom misspelt in a way that can be told.
PAGE = 500


@dataclass(frozen=True)
class Asked:
    """One question: for a search with its map, or for completions of what is typed."""

    shape: str
    query: Query = field(default_factory=Query)
    view: Box = field(default_factory=lambda: Box(-180.0, -60.0, 180.0, 75.0))
    typed: str = ""

    @property
    def zoom(self) -> int:
        """The zoom of web maps at which the view is about 400 pixels wide."""
        width = (self.view.east - self.view.west) % 360.0 or 360.0
        return max(0, min(18, round(log2(360.0 * 400 / 256 / width))))


@dataclass(frozen=True)
class Ground:
    """What questions are made of: words by frequency, terms in use, towns with listings."""

    broad: list[str]
    rare: list[str]
    long: list[str]
    pairs: list[tuple[str, str]]
    types: list[str]
    sectors: list[str]
    points: list[Point]
    last_page: int  # 500, or fewer where there are not so many listings


class NothingToAsk(Exception):
    """The database has too few listings to draw questions from."""


def ground() -> Ground:
    """Read what the first listings of this database say; raises NothingToAsk."""
    published = Organization.objects.published().order_by("pk")
    texts = [" ".join(row) for row in published.values_list("name", "summary")[:READ]]
    said = [[w for w in dict.fromkeys(words_of(text)) if not is_stop_word(w)] for text in texts]
    counts = Counter(word for words in said for word in words)
    ranked = [word for word, _count in counts.most_common() if len(word) > 2]
    broad = [word for word in ranked if counts[word] >= BROAD_FROM * len(texts)]
    rare = [word for word in ranked if counts[word] <= max(RARE_UP_TO * len(texts), 1)]
    common = set(ranked[: len(ranked) // 4])
    pairs = [tuple(w for w in words if w in common)[:2] for words in said]
    found = Ground(
        broad=broad or ranked[:20],
        rare=rare,
        long=[w for w in ranked if w.isascii() and w.isalpha() and len(w) >= LETTERS_MIN],
        pairs=[pair for pair in dict.fromkeys(pairs) if len(pair) == 2],
        types=_codes("type"),
        sectors=_codes("sector"),
        points=_points(),
        last_page=max(1, min(PAGE, published.count() // settings.PAGE_SIZE)),
    )
    if not all(vars(found).values()):
        raise NothingToAsk("Questions are drawn from listings: make more of them.")
    return found


def _codes(scheme: str) -> list[str]:
    rows = Claim.objects.filter(term__scheme=scheme).order_by("pk")
    counts = Counter(rows.values_list("term__code", flat=True)[:READ])
    return [code for code, _count in counts.most_common()]


def _points() -> list[Point]:
    rows = Location.objects.filter(place__kind="town").exclude(precision=Precision.HIDDEN)
    columns = "place__latitude place__longitude place__name place__path place__country_code"
    found = rows.order_by("pk").values_list(*columns.split())[:READ]
    return [Point(*row) for row in dict.fromkeys(found)]


def questions(stands_on: Ground, *, variants: int, seed: int = 1) -> dict[str, list[Asked]]:
    """So many variants of each shape, the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - the same questions every time
    return {
        shape: [_asked(shape, number, stands_on, chance) for number in range(variants)]
        for shape in SHAPES
    }


def _asked(shape: str, number: int, on: Ground, chance: Random) -> Asked:
    point = one_of(on.points, chance)
    match shape:
        case "landing":
            return Asked(shape, Query(sort=("name", "confirmed")[number % 2]))
        case "one type":
            return Asked(shape, Query(facets=_chosen(type=an_early_one(on.types, chance))))
        case "broad word":
            return Asked(shape, Query(words=one_of(on.broad, chance)))
        case "rare word":
            return Asked(shape, Query(words=one_of(on.rare, chance)))
        case "two words":
            return Asked(shape, Query(words=" ".join(one_of(on.pairs, chance))))
        case "misspelt word":
            return Asked(shape, Query(words=misspelt(an_early_one(on.long, chance), chance)))
        case "autocomplete":
            word = an_early_one(on.long, chance)
            return Asked(shape, typed=word[: 2 + int(chance.random() * 3)])
        case "near, 10 km":
            return near(shape, point, 10.0)
        case "near, 50 km":
            return near(shape, point, 50.0)
        case "world box":
            west = -180.0 + 10.0 * chance.random()
            return _in_box(shape, Query(), Box(west, -60.0, west + 349.0, 75.0))
        case "city box":
            return _in_box(shape, Query(), around(point, 10.0))
        case "page 500":
            sort = ("name", "confirmed")[number % 2]
            return Asked(shape, Query(sort=sort, page=on.last_page))
    facets = _chosen(type=an_early_one(on.types, chance), sector=an_early_one(on.sectors, chance))
    query = Query(words=one_of(on.broad, chance), facets=facets)
    return _in_box(shape, query, around(point, 500.0))


def _chosen(**codes: str) -> dict[str, Choice]:
    return {facet: Choice(include=(code,)) for facet, code in codes.items()}


def near(shape: str, point: Point, kilometres: float) -> Asked:
    """What is near a town, with the map of the ring."""
    query = Query(near=point, radius_km=kilometres)
    return Asked(shape, query, around(point, kilometres))


def _in_box(shape: str, query: Query, box: Box) -> Asked:
    return Asked(shape, replace(query, box=box), box)


def around(point: Point, kilometres: float) -> Box:
    """The box around a circle; cut at the poles, turned at the antimeridian."""
    north = kilometres / KILOMETRES_PER_DEGREE
    east = min(north / max(cos(radians(point.latitude)), 0.05), 170.0)
    sides = (point.longitude - east, point.longitude + east)
    west, east = ((side + 180.0) % 360.0 - 180.0 for side in sides)
    return Box(west, max(point.latitude - north, -90.0), east, min(point.latitude + north, 90.0))


def misspelt(word: str, chance: Random) -> str:
    """The word with two letters changed over, or one left out."""
    place = 1 + int(chance.random() * (len(word) - 3))
    if chance.random() < 0.5 and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]

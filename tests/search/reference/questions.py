"""Questions to the small world, drawn at random: what is typed, chosen, near, in a box, in an order."""

from hypothesis import strategies as st

from directory.search.query import SORTS, Box, Choice, Point, Query
from tests.search.reference.small_world import (
    CODES,
    LATITUDES,
    LONGITUDES,
    MARYLAND,
    NETWORKS,
    PLACES,
    REGIONS,
    SOURCES,
    days,
    some,
)

# Words that queries are made of: of names, texts, labels and places.
WORDS = [
    "harbour", "bakery", "bakers", "éclair", "zest", "panadería", "puerto", "boulangerie", "port",
    "Αθήνα", "αρτοποιείο", "artopoieio", "пекарня", "мир", "mir", "東京", "京",
    "協同組合", "קואופרטיב",
    "eco-village", "ecovillage", "D.C.", "repair", "café", "foodcoop", "food", "co-op", "meadow",
    "workers", "worker", "union", "savings", "housing", "bread", "pan", "pain", "quartier",
    "cooperative", "cooperativa", "credit", "caja", "padaria", "mutual", "aid", "democracy", "care",
    "takoma", "park", "greenbelt", "maryland", "adak", "fiji", "fidji", "athènes", "москва",
    "azaleas", "the", "de", "и", "example", "xyzzy",
]  # fmt: skip
PHRASES = [
    "takoma park", "food coop", "harbour bakery", "credit union", "mutual aid", "savings club",
    "united states", "city of azaleas", "south pole", "bread and repair", "apoyo mutuo",
]  # fmt: skip
KEYS = ["example.coop", "https://www.example.coop/about", "12-3456789"]


@st.composite
def typed(draw: st.DrawFn, word: str) -> str:
    """A word as somebody may type it: with a letter too few, too many, wrong or swapped."""
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from("aeks"))
    before, here, after = word[:place], word[place], word[place + 1 :]
    return draw(
        st.sampled_from(
            [
                word,
                word.upper(),
                before + after or word,
                before + letter + here + after,
                before + letter + after,
                before + after[:1] + here + after[1:],
                word[: max(place, 2)],
            ]
        )
    )


@st.composite
def words(draw: st.DrawFn) -> str:
    """What stands in the field "What"."""
    plain = st.sampled_from(WORDS)
    parts = st.one_of(
        plain,
        plain,
        plain.flatmap(typed),
        st.tuples(plain, plain).map("".join),
        st.sampled_from(PHRASES),
        st.sampled_from(PHRASES).map(lambda phrase: f'"{phrase}"'),
        plain.map(lambda word: f"-{word}"),
        st.sampled_from(PHRASES).map(lambda phrase: f'-"{phrase}"'),
    )
    kind = draw(st.sampled_from([*["none"] * 4, "key", *["words"] * 5]))
    if kind == "words":
        return " ".join(draw(st.lists(parts, min_size=1, max_size=3)))
    return draw(st.sampled_from(KEYS)) if kind == "key" else ""


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """A map view; west > east crosses the antimeridian. Often nearly all of the world."""
    if draw(st.booleans()):
        return draw(st.sampled_from([Box(-180, -90, 180, 90), Box(10, -90, 9, 90)]))
    south, north = sorted([draw(LATITUDES), draw(LATITUDES)])
    return Box(draw(LONGITUDES), south, draw(LONGITUDES), north)


@st.composite
def points(draw: st.DrawFn) -> Point:
    """A town, a region or country, or a bare point."""
    path = draw(st.sampled_from([*PLACES, *MARYLAND, "us/maryland", "us", ""]))
    if path == "":
        country = draw(st.sampled_from(["", "US", "FJ"]))
        return Point(draw(LATITUDES), draw(LONGITUDES), "here", "", country)
    town = path if path in PLACES else "us/maryland/greenbelt"
    latitude, longitude, _names = PLACES[town]
    is_wide = path.count("/") < 2
    return Point(latitude, longitude, path, path, path[:2].upper(), is_wide)


CHOOSABLE = CODES | {
    "place": [*PLACES, *REGIONS],
    "verification": ["unverified", "editor_checked", "org_confirmed"],
    "language": ["en", "es", "pt", "fr"],
    "source": [*SOURCES],
    "network": [*NETWORKS],
    "lifecycle": ["active", "closed", "forming"],
}


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Choice]:
    """Values picked and left out in up to two facets."""
    found = {}
    for facet in draw(some([*CHOOSABLE], 2)):
        codes = draw(some(CHOOSABLE[facet], 3, 1))
        cut = draw(st.integers(0, len(codes)))
        found[facet] = Choice(tuple(codes[:cut]), tuple(codes[cut:]))
    return found


CONDITIONS: dict[str, st.SearchStrategy] = {
    "facets": choices(),
    "near": points(),
    "box": boxes(),
    "serves": st.sampled_from([*PLACES, "us/maryland", "us", "fr"]),
    "verified_only": st.just(True),
    "open_now": st.just(True),
    "confirmed_after": days(-400, 1),
}


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any question, with two conditions at most: one with all of them finds nothing."""
    given = {name: draw(CONDITIONS[name]) for name in draw(some(CONDITIONS, 2))}
    return Query(
        words=draw(words()),
        radius_km=draw(st.sampled_from([5.0, 25.0, 500.0])),
        sort=draw(st.sampled_from(["", "", *SORTS])),
        page=draw(st.sampled_from([1, 1, 1, 2])),
        page_size=draw(st.sampled_from([2, 5, 20])),
        **given,
    )

"""Places by what people call them: any name, with the region or country after a comma."""

from collections.abc import Iterable, Set
from typing import NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from directory.models import Place, PlaceKind, PlaceName
from directory.search.database import database_engine
from directory.search.distances import box_around, distances_km
from directory.search.gazetteer import ancestor_paths
from directory.search.names import country_name
from directory.search.place_spelling import one_slip_away
from directory.search.words import fold, fold_name

FOUND_MAX = 20
ROWS_MAX = 200  # Rows of names that are looked through; Springfield has some forty.
TOWN_WITHIN_KM = 100.0
# People look around towns. A region or country counts as a town of a twentieth of its people:
# Washington is the city, Georgia is the state.
WIDE_SHARE = 0.05
# A name that is not the place's first one counts a fifth: Zaragoza is in Spain, though Tijuana,
# which once was called so, is larger.
OTHER_NAME_SHARE = 0.2
# What may follow a name: each region or country is a query, and nobody names more.
QUALIFIERS_MAX = 3
QUALIFIER_WORDS_MAX = 5  # Of a region or country written after a name without a comma.
START_MIN = 2  # Letters before beginnings are looked up.
BEGUN_MAX = 100  # Places of that name or with one that begins so, of which the best are shown.
# Thousands of names begin with the same three letters; those of large places are read first.
FEW_LETTERS, WELL_KNOWN = 3, 100_000


class Weighed(NamedTuple):
    """What decides which of many places is meant; only the few that are shown are read whole."""

    pk: int
    name: str
    kind: str
    population: int
    path: str
    found_by: str  # the name by which it was looked up


Either = TypeVar("Either", Place, Weighed)


def find_places(text: str) -> list[Place]:
    """Places of this name, largest first; `Washington, DC` and `Paris Texas` too.

    Any name of a place counts. Where no place has the name, those whose name begins so. None
    where more than QUALIFIERS_MAX regions and countries follow the name.
    """
    parts = _parts(text)
    if not parts:
        return []
    found = _named(" ".join(text.split())) if len(parts) == 1 else []
    found = found or _qualified(parts[0], parts[1:])
    if not found and len(parts) == 1:
        found = _split_by_blanks(parts[0])
    return found or _narrowed(_beginning(parts[0], FOUND_MAX), parts[1:])


def places_spelled_like(text: str) -> list[Place]:
    """Places whose name is one slip of the pen away, largest first: `washingon`."""
    parts = _parts(text)
    slips = one_slip_away(fold_name(parts[0])) if parts else set()
    if not slips:
        return []
    rows = PlaceName.objects.filter(folded__in=slips).order_by("-population", "pk")
    ids = dict.fromkeys(rows.values_list("place_id", flat=True)[:ROWS_MAX])
    return _narrowed(_largest_first(ids)[:FOUND_MAX], parts[1:])


def places_beginning(text: str, limit: int, language: str) -> list[tuple[Place, str]]:
    """Places for what is being typed, each with the other name by which it was found, or "".

    What has exactly this name comes first, if it is its main name or the place is well known; then
    places that are shown by a name which begins so; at last those of which another name does.
    """
    parts = _parts(text)
    if not parts:
        return []
    start, forms = fold(parts[0]), spellings(parts[0])
    exact = _weighed(PlaceName.objects.filter(folded__in=forms), BEGUN_MAX)
    begun = [*exact, *_weighed_beginning(start, BEGUN_MAX)]
    shown = {p.pk for p in begun if fold(_shown_name(p, language)).startswith(start)}
    first = [p for p in exact if p.population >= WELL_KNOWN or is_main_name(p, forms)]
    ranked = [
        *likeliest_first(first, forms)[:2],
        *sorted(begun, key=lambda place: (place.pk not in shown, -size(place), place.pk)),
    ]
    unique: dict[int, Weighed] = {}
    for place in ranked:
        unique.setdefault(place.pk, place)
    found = _narrowed(list(unique.values()), parts[1:])[:limit]
    whole = Place.objects.with_parents().in_bulk([place.pk for place in found])
    return [(whole[p.pk], "" if p.pk in shown else p.found_by) for p in found]


def _shown_name(place: Weighed, language: str) -> str:
    """The name on the page: of a country, in the language of the page."""
    is_country = place.kind == PlaceKind.COUNTRY
    return country_name(place.path, language) if is_country else place.name


def _weighed_beginning(start: str, most: int) -> list[Weighed]:
    """The largest places of which a name begins so; of few letters, only large ones at first."""
    if len(fold_name(start)) < START_MIN:
        return []
    rows = database_engine().names_beginning(PlaceName.objects.all(), start)
    if len(start) <= FEW_LETTERS:
        known = _weighed(rows.filter(population__gte=WELL_KNOWN), most)
        if len({place.pk for place in known}) >= min(most, 8):
            return known
    return _weighed(rows, most)


def _weighed(rows: QuerySet, most: int) -> list[Weighed]:
    """The places of the largest names, with what decides which of them is meant."""
    of_place = [f"place__{name}" for name in Weighed._fields if name != "found_by"]
    found = _largest(rows, most).values_list(*of_place, "name")
    return list(map(Weighed._make, found))


def _largest(rows: QuerySet, most: int) -> QuerySet:
    """The rows of the largest names: chosen by an index alone, so that only they are read."""
    chosen = rows.order_by("-population", "pk").values("pk")[:most]
    return PlaceName.objects.filter(pk__in=chosen).order_by("-population", "pk")


def _parts(text: str) -> list[str]:
    """The name and what follows it after commas; nothing where too much follows."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts if len(parts) <= QUALIFIERS_MAX + 1 else []


def nearest_town(latitude: float, longitude: float) -> Place | None:
    """The town nearest to a point, within TOWN_WITHIN_KM; None far from all."""
    for radius_km in (15.0, TOWN_WITHIN_KM):
        box = box_around(latitude, longitude, radius_km)
        inside = Q(longitude__range=(box.west, box.east))
        if box.west > box.east:
            inside = Q(longitude__gte=box.west) | Q(longitude__lte=box.east)
        towns = list(
            Place.objects.with_parents().filter(
                inside, kind=PlaceKind.TOWN, latitude__range=(box.south, box.north)
            )
        )
        if towns:
            return min(towns, key=lambda town: (_kilometres(latitude, longitude, town), town.pk))
    return None


def size(place: Either) -> float:
    """How likely people mean this place by its name: its people, fewer for whole regions."""
    share = 1.0 if place.kind == PlaceKind.TOWN else WIDE_SHARE
    return place.population * share


def _kilometres(latitude: float, longitude: float, town: Place) -> float:
    return float(distances_km(latitude, longitude, town.latitude, town.longitude))


def spellings(name: str) -> set[str]:
    """Folded forms of a name that gazetteers write differently: St Louis, Saint-Louis."""
    plain = fold_name(name)
    forms = {fold(name), fold(name).replace(".", ""), plain, plain.replace(" ", "-")}
    first, _blank, rest = plain.partition(" ")
    if rest and first in {"st", "saint", "ste", "sainte"}:
        long = "saint" if first in {"st", "saint"} else "sainte"
        short = "st" if long == "saint" else "ste"
        for start in (long, short, f"{short}."):
            forms |= {f"{start} {rest}", f"{start}-{rest.replace(' ', '-')}"}
    return {form for form in forms if form}


def _named(name: str) -> list[Place]:
    """Places that have exactly this name."""
    forms = spellings(name)
    if not forms:
        return []
    rows = _largest(PlaceName.objects.filter(folded__in=forms), ROWS_MAX)
    ids = dict.fromkeys(rows.values_list("place_id", flat=True))
    return likeliest_first(_largest_first(ids), forms)[:FOUND_MAX]


def likeliest_first(places: Iterable[Either], forms: Set[str]) -> list[Either]:
    """Places that have a name of these spellings, in the order in which people mean them."""
    return sorted(places, key=lambda place: (-likelihood(place, forms), place.pk))


def likelihood(place: Either, forms: Set[str]) -> float:
    """How likely people mean this place by a name of these spellings, beside others of the name."""
    return size(place) * (1.0 if is_main_name(place, forms) else OTHER_NAME_SHARE)


def is_main_name(place: Either, forms: Set[str]) -> bool:
    """Whether it is the name that the place is shown by, and not one of its others."""
    return bool(forms & spellings(place.name))


def _beginning(name: str, limit: int) -> list[Place]:
    """The largest places of which a name begins so."""
    start = fold(name)
    if len(fold_name(name)) < START_MIN:
        return []
    rows = database_engine().names_beginning(PlaceName.objects.all(), start)
    ids = dict.fromkeys(_largest(rows, ROWS_MAX).values_list("place_id", flat=True))
    return _largest_first(ids)[:limit]


def _largest_first(ids: Iterable[int]) -> list[Place]:
    return _by_size(Place.objects.with_parents().in_bulk(list(ids)).values())


def _by_size(places: Iterable[Either]) -> list[Either]:
    return sorted(places, key=lambda place: (-size(place), place.pk))


def _qualified(name: str, qualifiers: list[str]) -> list[Place]:
    """Places of this name that lie in all of the regions or countries named."""
    return _narrowed(_named(name), qualifiers)


def _narrowed(places: list[Either], qualifiers: list[str]) -> list[Either]:
    for qualifier in qualifiers:
        if not places:
            return []
        holding = _paths_of(qualifier)
        places = [place for place in places if holding & {*ancestor_paths(place.path)}]
    return places


def _paths_of(qualifier: str) -> set[str]:
    """Regions and countries of this name or code."""
    named = Q(names__folded__in=spellings(qualifier))
    letters = fold_name(qualifier).upper().replace(" ", "")
    coded = Q(code=letters) if 1 < len(letters) <= 3 else Q(pk__in=())
    wide = Place.objects.exclude(kind=PlaceKind.TOWN).filter(named | coded)
    return {*wide.values_list("path", flat=True)[:ROWS_MAX]}


def _split_by_blanks(text: str) -> list[Place]:
    """`Paris Texas`: the longest beginning that is a name in what the rest names."""
    words = text.split()
    shortest = max(len(words) - QUALIFIER_WORDS_MAX, 1)
    for end in range(len(words) - 1, shortest - 1, -1):
        if found := _qualified(" ".join(words[:end]), [" ".join(words[end:])]):
            return found
    return []

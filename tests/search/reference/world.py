"""All that the directory says, read anew from its rows: published listings, terms, places."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from babel import Locale
from django.conf import settings

from directory.models import Claim, Location, NetworkMember, Organization, Place, PlaceName, Term
from directory.models.confirmation import stale_from
from directory.models.service_area import public_centre
from directory.search.words import forms_of, is_stop_word, words_of

Key = tuple[str, str]  # (scheme, code)
FIELDS = ("name", "other_name", "place", "text", "term")
ANYTHING = ("", "")


@dataclass
class Spot:
    """A public location. Wide: known by its region or country only."""

    path: str
    point: tuple[float, float] | None
    written: list[str]
    is_wide: bool
    hours: str
    zone: str  # of its place; "" where none is known


@dataclass
class Area:
    """An area served."""

    kind: str
    path: str
    centre: tuple[float, float] | None
    radius_km: float


@dataclass
class Entry:
    """One published listing, with every word that finds it."""

    row: Organization
    other_names: list[str]
    texts: list[str]
    languages: set[str]
    sources: set[str]
    networks: set[str]  # it is a member of
    terms: set[Key]  # with the broader ones
    checked: dict[Key, datetime.date]  # until when; ANYTHING for the listing as a whole
    spots: list[Spot]
    areas: list[Area]
    words: dict[str, set[str]] = field(default_factory=dict)  # field → words

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def name_words(self) -> list[str]:
        return words_of(self.row.name)

    @property
    def name_length(self) -> int:
        """Words of its name; a name without any counts as one."""
        return min(max(len(self.name_words), 1), 255)

    @property
    def located(self) -> set[str]:
        """Paths of the places it lies in."""
        return {above for spot in self.spots for above in ancestors(spot.path)}


@dataclass
class World:
    """Everything there is."""

    terms: dict[Key, Term]
    names_of_places: dict[str, list[str]]  # path → its own name, then the others
    towns: dict[str, tuple[float, float]]  # path → point
    entries: list[Entry] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)  # word → fields of listings that have it
    average_name_length: float = 0.0

    def broader(self, key: Key) -> list[Key]:
        """A term and those above it."""
        found, term = [], self.terms.get(key)
        while term is not None:
            found.append((str(term.scheme), term.code))
            term = term.parent
        return found

    def phrases(self, key: Key) -> list[tuple[str, ...]]:
        """Labels and synonyms of a term as words, but for those that say nothing."""
        cut = [tuple(words_of(name)) for name in names_of(self.terms[key])]
        return [words for words in cut if words and not all(map(is_stop_word, words))]


def read_world() -> World:
    """The world as the rows say now."""
    terms = {(str(t.scheme), t.code): t for t in Term.objects.select_related("parent__parent")}
    names: dict[str, list[str]] = {place.path: [place.name] for place in Place.objects.all()}
    for path, name in PlaceName.objects.values_list("place__path", "name"):
        names[path].append(name)
    towns = {p.path: (p.latitude, p.longitude) for p in Place.objects.filter(kind="town")}
    world = World(terms, names, towns)
    # "Anonymous readers can reach published listings only" (SEARCH.md 1).
    members: dict[int, set[str]] = {}
    for pk, slug in NetworkMember.objects.values_list("organization", "network__slug"):
        members.setdefault(pk, set()).add(slug)
    for row in Organization.objects.with_parts().filter(publication="published"):
        entry = _entry(row, members.get(row.pk, set()), world)
        world.entries.append(entry)
        world.counts.update(word for name in FIELDS for word in entry.words[name])
    lengths = [entry.name_length for entry in world.entries]
    world.average_name_length = sum(lengths) / len(lengths) if lengths else 0.0
    return world


def ancestors(path: str) -> list[str]:
    """us, us/maryland, us/maryland/takoma-park."""
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))] if path else []


def all_words(*texts: str) -> set[str]:
    """Words and their one-word forms (RANKING.md 1.1)."""
    return {word for text in texts for word in [*words_of(text), *forms_of(text)]}


def names_of(term: Term) -> list[str]:
    """ "The labels and synonyms of terms, in every language" (RANKING.md 1.2)."""
    return [*term.labels.values(), *(name for some in term.synonyms.values() for name in some)]


def names_of_place(world: World, path: str) -> list[str]:
    """Its own name first; of a country also what it is called in the languages of the site."""
    names = list(world.names_of_places.get(path, ()))
    if "/" not in path:
        called = [Locale(code).territories.get(path.upper()) for code, _name in settings.LANGUAGES]
        names += [name for name in called if name]
    return names


def _entry(row: Organization, networks: set[str], world: World) -> Entry:
    translations = [*row.translations.values()]
    names = [row.legal_name, *row.other_names, *(t.get("name", "") for t in translations)]
    texts = [row.summary, row.description]
    texts += [t.get(part, "") for t in translations for part in ("summary", "description")]
    # A term that is not in use any more says nothing.
    claims = [claim for claim in row.claims.all() if claim.term.is_active]
    entry = Entry(
        row=row,
        other_names=[name for name in names if name and name != row.name],
        texts=[text for text in texts if text],
        languages={code.split("-")[0] for code in [row.language, *row.further_languages]},
        sources={record.source.code for record in row.source_records.all()},
        networks=networks,
        terms={above for claim in claims for above in world.broader(_key(claim))},
        checked=_checked(row, claims, world),
        spots=[spot for location in row.locations.all() for spot in _spots(location)],
        areas=[_area(area) for area in row.service_areas.all()],
    )
    entry.words = _words(entry, world)
    return entry


def _key(claim: Claim) -> Key:
    return str(claim.term.scheme), claim.term.code


def _checked(row: Organization, claims: list[Claim], world: World) -> dict[Key, datetime.date]:
    """ "When it was checked, until when that holds" (DESIGN.md 2.1), by an editor or a peer.

    A broader term is checked with the narrower one. The listing as a whole is checked from the level
    "checked by an editor" on, until that wants a new look, or as long as any of its claims is.
    """
    found: dict[Key, datetime.date] = {}
    if row.verification >= 2:
        day = row.verified_on
        last = stale_from(row.verification, day) - datetime.timedelta(days=1) if day else None
        found[ANYTHING] = last or datetime.date.max
    for claim in claims:
        if claim.checked_on and claim.asserted_by in {"editor", "peer"}:
            until = claim.valid_until or datetime.date.max
            for key in [ANYTHING, *world.broader(_key(claim))]:
                found[key] = max(until, found.get(key, until))
    return found


def _spots(location: Location) -> list[Spot]:
    """ "A hidden address appears in no output of any kind: one PublicLocation feeds them all"
    (DESIGN.md 2.5)."""
    if location.precision == "hidden":
        return []
    told = location.public
    point = None if told.latitude is None else (told.latitude, told.longitude)
    is_in_town = told.place is not None and told.place.kind == "town"
    knows_point = location.latitude is not None and location.precision != "region"
    path = told.place.path if told.place else told.country.lower()
    written = [word for word in (told.locality, told.region) if word]
    zone = location.place.timezone if location.place else ""
    is_wide = not (is_in_town or knows_point)
    return [Spot(path, point, written, is_wide, location.opening_hours, zone)]


def _area(area) -> Area:
    """The centre of a circle counts as roughly as it is told: it may be a hidden door."""
    path = area.place.path if area.place else area.country.lower()
    if area.kind != "radius":
        return Area(area.kind, path, None, 0.0)
    return Area(area.kind, "", public_centre(area.latitude, area.longitude), area.radius_km)


def _words(entry: Entry, world: World) -> dict[str, set[str]]:
    """ "Surface words of each field (name; other names and term labels; places; texts), every term
    with all its ancestors, places with ancestors" (SEARCH.md 3)."""
    paths = [spot.path for spot in entry.spots] + [area.path for area in entry.areas]
    places = {above for path in paths for above in ancestors(path)}
    labels = [name for key in entry.terms for name in names_of(world.terms[key])]
    return {
        "name": all_words(entry.row.name),
        "other_name": all_words(*entry.other_names),
        "place": all_words(*(word for spot in entry.spots for word in spot.written))
        | {word for path in places for word in _place_words(world, path)},
        "text": all_words(*entry.texts),
        "term": all_words(*labels),
    }


def _place_words(world: World, path: str) -> set[str]:
    """All words of its own name; of its other names those of one word. The single words of "City
    of Azaleas" would make every listing of a town answer to "city"."""
    names = names_of_place(world, path)
    if not names:
        return all_words(path.upper())
    single = [name for name in names if len(words_of(name)) == 1]
    return all_words(names[0], *single)

"""Where `near` points to: a town in any of its names, a path, a postcode, or `lat,lon`."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.models import Place, PlaceKind, PlaceName
from directory.search.choosing import meant_first
from directory.search.here import asks_here
from directory.search.live import current
from directory.search.names import country_name
from directory.search.places import (
    find_places,
    is_main_name,
    nearest_town,
    places_spelled_like,
    spellings,
)
from directory.search.postcodes import postcode_point
from directory.search.query import Box, Point
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.search.texts import shown

CHOICES_MAX = 4  # Places that a name may mean as well: a choice, not a gazetteer.
POSTCODE_MAX = 20
_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,12})?)\s*,\s*(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)")
# Of a country with its last slash: `de` may be Delaware, and `la` is Los Angeles to most.
_PATH = re.compile(r"[a-z]{2}/([a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?)?")


@dataclass(frozen=True)
class Origin:
    """The point, the words that were given for it, its place, and other places of the name."""

    text: str
    point: Point
    place: Place | None = None
    choices: tuple[Place, ...] = ()


def origin_of(text: str) -> Origin:
    """The point that the text means. Raises ValidationError where it means none."""
    if found := _POINT.fullmatch(text):
        return _of_point(text, float(found[1]), float(found[2]))
    if _PATH.fullmatch(text) and (places := _by_path(text.rstrip("/"))):
        return origin_of_places(text, places)
    if asks_here(text):
        raise ValidationError(
            _("“%(text)s” does not say where you are. Write a town or a postcode.")
            % {"text": shown(text)}
        )
    # `la` is Los Angeles before it is the path of Laos.
    if places := find_places(text) or _by_path(text):
        return origin_of_places(text, _meant_first(text, places))
    if found_point := _of_postcode(text):
        return found_point
    if places := places_spelled_like(text):
        return origin_of_places(text, places)
    raise ValidationError(
        _("No place called “%(text)s” is known here. Try a larger town nearby.")
        % {"text": shown(text)}
    )


def near_value(place: Place) -> str:
    """What `near` takes for this place and no other."""
    return f"{place.path}/" if place.kind == PlaceKind.COUNTRY else place.path


def _meant_first(text: str, places: list[Place]) -> list[Place]:
    """The place that is meant first, by what is listed around those of the name."""
    if len(places) == 1:
        return places
    with suppress(SearchIsBeingBuilt), current() as (index, _sequence):
        return meant_first(index, places, spellings(text.partition(",")[0]))
    return places


def other_names_meant(origin: Origin) -> dict[str, str]:
    """Path of each choice that has another name than its own in common with what was typed → it.

    Tijuana once was called Zaragoza; without this nobody sees why it is offered.
    """
    forms = spellings(origin.text.partition(",")[0])
    others = [place for place in origin.choices if not is_main_name(place, forms)]
    if not others:
        return {}
    rows = PlaceName.objects.filter(place__in=others, folded__in=forms).order_by("pk")
    return dict(rows.values_list("place__path", "name"))


def _by_path(text: str) -> list[Place]:
    return [*Place.objects.with_parents().filter(path=text)]


def origin_of_places(text: str, places: Sequence[Place]) -> Origin:
    """The first of the places, the others as choices; those that hold each other are one."""
    place, *others = _each_once(places)
    others = others[:CHOICES_MAX]
    point = Point(
        place.latitude,
        place.longitude,
        _told_apart(place, others),
        place.path,
        place.country_code.upper(),
        place.kind != PlaceKind.TOWN,
        Box(*place.bbox) if place.bbox else None,
    )
    return Origin(text, point, place, tuple(others))


def _told_apart(place: Place, others: list[Place]) -> str:
    """Its name; with the region or country where others have the same name."""
    if not others or place.parent is None:
        return place.name
    is_alone_in_country = all(other.country_code != place.country_code for other in others)
    if is_alone_in_country or place.parent.kind == PlaceKind.COUNTRY:
        return f"{place.name}, {country_name(place.country_code)}"
    return f"{place.name}, {place.parent.name}"


def _of_point(text: str, latitude: float, longitude: float) -> Origin:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValidationError(
            _("“%(text)s” is not on Earth. Latitude goes to 90, longitude to 180.")
            % {"text": shown(text)}
        )
    return Origin(text, _named_point(latitude, longitude, f"{latitude:g}, {longitude:g}"))


def _of_postcode(text: str) -> Origin | None:
    """The middle of the listings that publish this postcode; no outside service knows more."""
    if not any(letter.isdigit() for letter in text) or len(text) > POSTCODE_MAX:
        return None
    with current() as (index, _sequence):
        found = postcode_point(index, text)
    if found is None:
        return None
    latitude, longitude, country_code = found
    town = nearest_town(latitude, longitude)
    path = town.path if town else ""
    return Origin(text, Point(latitude, longitude, text.upper(), path, country_code))


def _named_point(latitude: float, longitude: float, label: str) -> Point:
    town = nearest_town(latitude, longitude)
    if town is None:
        return Point(latitude, longitude, label)
    return Point(latitude, longitude, label, town.path, town.country_code.upper())


def _each_once(places: Sequence[Place]) -> list[Place]:
    found: list[Place] = []
    for place in places:
        if not any(_hold_each_other(place, other) for other in found):
            found.append(place)
    return found


def _hold_each_other(one: Place, other: Place) -> bool:
    """New York the city lies in New York the state: no choice between two places."""
    return one.path.startswith(f"{other.path}/") or other.path.startswith(f"{one.path}/")

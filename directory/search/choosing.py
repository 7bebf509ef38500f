"""Which of several places of one name is meant: one rule for Where and for words of a query."""

from collections.abc import Sequence, Set

from django.conf import settings
from pyroaring import BitMap

from directory.models import Place, PlaceKind
from directory.search.index import Index
from directory.search.nearby import located_within
from directory.search.places import WELL_KNOWN, is_main_name, likelihood
from directory.search.query import Point
from directory.search.tables import bitmap_of

# The likeliest place is taken, unless nothing is listed there and something is in another that is
# nearly as likely: an eighth is Córdoba in Spain beside Argentina's, but not Maine's Portland
# beside Oregon's.
NEARLY_AS_LIKELY = 0.125
# What is called so by another name than its own is offered where it is well known and about as
# likely: nobody who writes Berlin means North Canton, Ohio, which once was called so.
OFFERED_FROM = 0.1
LOOKED_AT = 8  # Of some forty Springfields, each of which is a search of its own.


def meant_first(index: Index, places: Sequence[Place], forms: Set[str]) -> list[Place]:
    """The place that a name of these spellings means, then the others that it may mean.

    `places` are ordered by how likely they are meant. Those of which it is the main name come
    first; of the others only those that are well enough known.
    """
    likeliest = likelihood(places[0], forms)
    nearly = [p for p in places if likelihood(p, forms) >= NEARLY_AS_LIKELY * likeliest]
    nearly, meant = nearly[:LOOKED_AT], places[0]
    if len(nearly) > 1:
        meant = next((place for place in nearly if is_listed_around(index, place)), meant)
    others = [place for place in places if place is not meant]
    main = [place for place in others if is_main_name(place, forms)]
    known = [
        place
        for place in others
        if place.population >= WELL_KNOWN and likelihood(place, forms) >= OFFERED_FROM * likeliest
    ]
    return [meant, *main, *(place for place in known if place not in main)]


def is_listed_around(index: Index, place: Place) -> bool:
    """Whether anything is located in a place or, of a town, some way around."""
    return bool(listed_around(index, place))


def listed_around(index: Index, place: Place) -> BitMap:
    """Listings that are located in a place or, of a town, some way around."""
    found = index.postings.get("located", place.path)
    if place.kind == PlaceKind.TOWN:
        point = Point(place.latitude, place.longitude, place.name)
        numbers, _distances = located_within(index, point, float(settings.RADIUS_DEFAULT_KM))
        found = found | bitmap_of(numbers)
    return found & index.live

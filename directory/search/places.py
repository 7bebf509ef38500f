"""Places by what people call them: any name, with the region or country after a comma."""

from directory.models import Place, PlaceName
from directory.search.words import fold, fold_name


def find_places(text: str) -> list[Place]:
    """Places of this name, largest first; `Washington, DC` and `Córdoba, Argentina` too."""
    names = {fold(text), fold_name(text)}
    found = PlaceName.objects.filter(folded__in=names).order_by("-population")[:20]
    places = Place.objects.with_parents().in_bulk({name.place_id for name in found})
    return sorted(places.values(), key=lambda place: (-place.population, place.pk))


def nearest_town(latitude: float, longitude: float) -> Place | None:
    """The town nearest to a point, within some 200 km; None far from all."""
    nearby = Place.objects.filter(
        kind="town",
        latitude__range=(latitude - 2, latitude + 2),
        longitude__range=(longitude - 3, longitude + 3),
    )
    return min(
        nearby,
        key=lambda place: (place.latitude - latitude) ** 2 + (place.longitude - longitude) ** 2,
        default=None,
    )

"""What invented listings stand on: the towns and the vocabulary of this database."""

from dataclasses import dataclass

from directory.management.synthetic.chance import Weighted
from directory.management.synthetic.languages import LANGUAGES, SPOKEN_IN, Language
from directory.models import CLAIMABLE_SCHEMES, Place, PlaceKind, Term


class NothingToStandOn(Exception):
    """The database has no towns with people in them, or no terms of a scheme."""


@dataclass(frozen=True)
class Town:
    """A town as a listing names it."""

    path: str
    name: str
    region: str
    country: str  # two capital letters
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Ground:
    """Towns drawn by their people, and the codes of each scheme, the frequent ones first."""

    town: Weighted[Town]
    codes: dict[str, tuple[str, ...]]

    def language_of(self, town: Town) -> Language:
        """What most people write there, as far as it is among our languages."""
        return _LANGUAGE_OF.get(town.country, LANGUAGES[0])


_BY_CODE = {language.code: language for language in LANGUAGES}
_LANGUAGE_OF = {
    country: _BY_CODE[code]
    for code, countries in SPOKEN_IN.items()
    for country in countries.split()
}


def ground() -> Ground:
    """Read towns and terms from the database; raises NothingToStandOn."""
    columns = ("path", "name", "parent__name", "country_code", "latitude", "longitude")
    rows = Place.objects.filter(kind=PlaceKind.TOWN, population__gt=0).order_by("path")
    found = list(rows.values_list(*columns, "population"))
    codes = {scheme: _codes(scheme) for scheme in CLAIMABLE_SCHEMES}
    if not found or not all(codes.values()):
        raise NothingToStandOn("Towns and terms are needed: run `manage.py quickstart` first.")
    return Ground(Weighted([Town(*row[:-1]) for row in found], [row[-1] for row in found]), codes)


def _codes(scheme: str) -> tuple[str, ...]:
    """Codes in an order in which neighbours in the vocabulary are not alike frequent."""
    terms = Term.objects.active().in_scheme(scheme)
    codes = sorted(terms.values_list("code", flat=True), key=lambda code: (code[::-1], code))
    return tuple(str(code) for code in codes)

"""Profiles of the listings in the database, read in portions: three queries for each."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from directory.models import Identifier, Location, VerificationLevel
from directory.search.matching.profiles import (
    SPOTS_MAX,
    Profile,
    Spot,
    profile_from,
    spot_from,
)

PORTION = 500
COLUMNS = (
    "pk name legal_name other_names translations website email phone founded verification".split()
)
SPOT_COLUMNS = "country region locality postcode street latitude longitude".split()


def profiles(organizations: QuerySet) -> Iterator[tuple[int, Profile]]:
    """Row id and profile of each listing, in the order of row ids."""
    last = 0
    while True:
        rows = organizations.filter(pk__gt=last).order_by("pk").values_list(*COLUMNS)
        portion = [dict(zip(COLUMNS, row, strict=True)) for row in rows[:PORTION]]
        if not portion:
            return
        yield from _profiles(portion)
        last = portion[-1]["pk"]


def _profiles(portion: list[dict]) -> Iterator[tuple[int, Profile]]:
    keys = [row["pk"] for row in portion]
    spots, numbers = _spots(keys), _numbers(keys)
    for row in portion:
        translated = [text.get("name", "") for text in row["translations"].values()]
        names = [row["name"], row["legal_name"], *row["other_names"], *translated]
        yield (
            row["pk"],
            profile_from(
                names=[name for name in names if name],
                website=row["website"],
                email=row["email"],
                phone=row["phone"],
                identifiers=numbers[row["pk"]],
                spots=spots[row["pk"]][:SPOTS_MAX],
                founded=row["founded"],
                is_verified=row["verification"] >= VerificationLevel.EDITOR_CHECKED,
            ),
        )


def _spots(keys: list[int]) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = defaultdict(list)
    rows = Location.objects.filter(organization__in=keys).in_order()
    for key, path, *values in rows.values_list("organization", "place__path", *SPOT_COLUMNS):
        columns = dict(zip(SPOT_COLUMNS, values, strict=True))
        found[key].append(spot_from(place=path or "", **columns))
    return found


def _numbers(keys: list[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Identifier.objects.filter(organization__in=keys).order_by("position", "pk")
    for key, scheme, value in rows.values_list("organization", "scheme", "value"):
        found[key].append((scheme, value))
    return found

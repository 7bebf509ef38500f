"""Loading the gazetteer."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from directory.models import Place, PlaceKind, PlaceName
from directory.search.words import fold

ROWS_AT_ONCE = 2_000
COLUMNS = [
    "kind",
    "geonameid",
    "parent",
    "code",
    "country_code",
    "name",
    "latitude",
    "longitude",
    "population",
    "timezone",
    "bbox",
]


@transaction.atomic
def load_places(
    rows: Iterable[dict[str, str]], *, progress: Callable[[int], Any] = lambda done: None
) -> int:
    """Make the gazetteer that of the rows (columns of fixtures/gazetteer); how many places.

    Places already there by the same path are brought up to date; others are kept, since listings
    may stand in them. `progress` is told how many rows are done.
    """
    by_kind: dict[str, list[dict[str, str]]] = {kind: [] for kind in PlaceKind.values}
    for row in rows:
        by_kind[row["kind"]].append(row)
    ids: dict[str, int] = {}
    done = 0
    for kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.TOWN):
        for chunk in _chunks(by_kind[kind]):
            _write_places(chunk, ids)
            done += len(chunk)
            progress(done)
    PlaceName.objects.all().delete()
    for kind in PlaceKind.values:
        for chunk in _chunks(by_kind[kind]):
            _write_names(chunk, ids)
            done += len(chunk)
            progress(done)
    return len(ids)


def _chunks(rows: list[dict[str, str]]) -> Iterable[list[dict[str, str]]]:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]


def _write_places(rows: list[dict[str, str]], ids: dict[str, int]) -> None:
    Place.objects.bulk_create(
        [_place(row, ids) for row in rows],
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=COLUMNS,
    )
    paths = [row["path"] for row in rows]
    ids.update(Place.objects.filter(path__in=paths).values_list("path", "pk"))


def _place(row: dict[str, str], ids: dict[str, int]) -> Place:
    return Place(
        path=row["path"],
        kind=row["kind"],
        geonameid=int(row["geonameid"]) if row["geonameid"] else None,
        parent_id=ids[row["parent"]] if row["parent"] else None,
        code=row["code"],
        country_code=row["path"][:2].upper(),
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"] or 0),
        timezone=row["timezone"],
        bbox=[float(edge) for edge in row["bbox"].split(",")] if row["bbox"] else None,
    )


def _write_names(rows: list[dict[str, str]], ids: dict[str, int]) -> None:
    names = []
    for row in rows:
        folded_names = {}
        for name in [row["name"], *filter(None, row["names"].split("|")), row["code"]]:
            if name and fold(name):
                folded_names.setdefault(fold(name), name)
        names += [
            PlaceName(
                place_id=ids[row["path"]],
                name=name,
                folded=folded,
                population=int(row["population"] or 0),
            )
            for folded, name in folded_names.items()
        ]
    PlaceName.objects.bulk_create(names, batch_size=ROWS_AT_ONCE * 5)

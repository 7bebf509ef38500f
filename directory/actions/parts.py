"""The rows under a listing, made from its document."""

import datetime
from typing import Any

from django.db.models import Model

from directory.models import (
    Claim,
    Identifier,
    Location,
    Organization,
    Place,
    ServiceArea,
    Source,
    SourceRecord,
    Term,
)


def replace_parts(organization: Organization, checked: dict[str, Any]) -> None:
    """Make the listing's parts those of a validated document, in its order."""
    places = _places(checked)
    sources = _sources(checked)
    terms = _terms(checked)
    _replace(
        organization,
        Location,
        [part | {"place": places.get(part["place"])} for part in checked["locations"]],
    )
    _replace(
        organization,
        ServiceArea,
        [part | {"place": places.get(part["place"])} for part in checked["service_areas"]],
    )
    _replace(organization, Claim, [_claim(part, terms, sources) for part in checked["claims"]])
    _replace(
        organization,
        Identifier,
        [part | {"checked_on": _day(part["checked_on"])} for part in checked["identifiers"]],
    )
    _replace(
        organization,
        SourceRecord,
        [
            part | {"source": sources[part["source"]], "fetched_on": _day(part["fetched_on"])}
            for part in checked["sources"]
        ],
    )


def _replace(organization: Organization, model: Any, parts: list[dict[str, Any]]) -> None:
    """Write the parts in their order; the row of a part that did not change stays."""
    left = list(model.objects.filter(organization=organization).order_by("position", "pk"))
    new, moved = [], []
    for position, part in enumerate(parts):
        row = next((row for row in left if _says(row, part)), None)
        if row is None:
            new.append(model(organization=organization, position=position, **part))
            continue
        left.remove(row)
        if row.position != position:
            row.position = position
            moved.append(row)
    model.objects.filter(pk__in=[row.pk for row in left]).delete()
    model.objects.bulk_update(moved, ["position"])
    model.objects.bulk_create(new)


def _says(row: Model, part: dict[str, Any]) -> bool:
    """Whether the row holds just this part; rows it points to are compared by their key."""
    return all(
        getattr(row, row._meta.get_field(name).attname)
        == (value.pk if isinstance(value, Model) else value)
        for name, value in part.items()
    )


def _claim(part: dict[str, Any], terms: dict, sources: dict) -> dict[str, Any]:
    columns = {name: value for name, value in part.items() if name not in {"scheme", "code"}}
    return columns | {
        "term": terms[part["scheme"], part["code"]],
        "source": sources.get(part["source"]),
        "checked_on": _day(part["checked_on"]),
        "valid_until": _day(part["valid_until"]),
    }


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _places(checked: dict[str, Any]) -> dict[str, Place]:
    paths = {part["place"] for part in [*checked["locations"], *checked["service_areas"]]} - {""}
    return {place.path: place for place in Place.objects.filter(path__in=paths)} if paths else {}


def _sources(checked: dict[str, Any]) -> dict[str, Source]:
    codes = {part["source"] for part in [*checked["claims"], *checked["sources"]]} - {""}
    return {s.code: s for s in Source.objects.filter(code__in=codes)} if codes else {}


def _terms(checked: dict[str, Any]) -> dict[tuple[str, str], Term]:
    codes = {part["code"] for part in checked["claims"]}
    rows = Term.objects.filter(code__in=codes) if codes else ()
    return {(term.scheme, term.code): term for term in rows}

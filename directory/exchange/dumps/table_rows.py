"""A listing as rows of the tables of `tables`."""

from collections.abc import Iterator
from typing import Any

from directory.exchange.dumps import tables
from directory.exchange.listed import Listed
from directory.exchange.rows import SEVERAL, Rows, joined

LOCATION = "name street postcode locality region country place".split()
AREA = "kind place country latitude longitude radius_km".split()
CLAIM = (
    "is_primary statement evidence_url evidence_title asserted_by asserted_by_name source "
    "checked_on valid_until"
).split()
TEXTS = (
    "name slug legal_name language summary description lifecycle founded closed website email phone "
    "members_count workers_count"
).split()

Document = dict[str, Any]


def rows_of(listed: Listed, rows: Rows) -> Iterator[tuple[str, list[Any]]]:
    """Rows, each after the name of its table."""
    uid, document = listed.uid, listed.document
    yield tables.ORGANIZATIONS.name, _organization(listed, rows)
    yield from _texts(uid, document)
    yield from _whereabouts(listed)
    for number in document["identifiers"]:
        told = [number["scheme"], number["value"], number["checked_on"]]
        yield tables.IDENTIFIERS.name, [uid, *told]
    for question, answer in document["governance"].items():
        for each in answer if isinstance(answer, list) else [answer]:
            yield tables.GOVERNANCE.name, [uid, question, each]
    for claim in document["claims"]:
        told = [_cell(claim.get(name, "")) for name in CLAIM]
        yield tables.CLAIM_TABLES[claim["scheme"]], [uid, claim["code"], *told]
    for record in document["sources"]:
        yield tables.RECORDS.name, [uid, *_record(record)]


def _texts(uid: str, document: Document) -> Iterator[tuple[str, list[Any]]]:
    for name in document["other_names"]:
        yield tables.NAMES.name, [uid, name]
    for language in dict.fromkeys(document["further_languages"]):
        yield tables.LANGUAGES.name, [uid, language]
    for language, text in document["translations"].items():
        yield tables.TRANSLATIONS.name, [uid, language, *_translation(text)]
    for link in document["links"]:
        yield tables.LINKS.name, [uid, link["url"], link.get("title", "")]


def _whereabouts(listed: Listed) -> Iterator[tuple[str, list[Any]]]:
    for number, location in enumerate(listed.document["locations"]):
        told = _location(location, listed.points[number])
        yield tables.LOCATIONS.name, [listed.uid, number + 1, *told]
    for area in listed.document["service_areas"]:
        yield tables.SERVICE_AREAS.name, [listed.uid, *[area[name] for name in AREA]]


def _organization(listed: Listed, rows: Rows) -> list[Any]:
    return [
        listed.uid,
        rows.address(listed),
        *[listed.document[name] for name in TEXTS],
        listed.verification,
        listed.verified_on,
        listed.last_confirmed_at,
        listed.published_at,
        listed.updated_at,
        listed.version,
        joined(rows.licences.attribution(listed.document)),
    ]


def _translation(text: Document) -> list[Any]:
    texts = [text.get(name, "") for name in ("name", "summary", "description")]
    return [*texts, _cell(text.get("is_machine_made", False))]


def _location(location: Document, point: tuple[float, float, str] | None) -> list[Any]:
    latitude, longitude, told = point or ("", "", "")
    way_in = [location[name] for name in ("opening_hours", "wheelchair", "accessibility_note")]
    address = [location[name] for name in LOCATION]
    return [*address, latitude, longitude, location["precision"], told, *way_in]


def _record(record: Document) -> list[Any]:
    told = [record[name] for name in ("source", "external_id", "url", "fetched_on")]
    return [*told, SEVERAL.join(record["fields"])]


def _cell(value: Any) -> Any:
    """A value as CSV of a data package writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value

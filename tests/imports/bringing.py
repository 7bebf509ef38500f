"""A small register, and bringing its file in through the real command."""

import csv
import io
import json
from pathlib import Path

from django.core.management import call_command

from directory.actions import feeds
from directory.documents import document_of
from directory.models import ImportRun, Organization, Source
from tests.factories import make_place, make_source, make_term

COLUMNS = ["id", "name", "town", "site", "kind"]
MAPPING = {
    "version": 1,
    "rules": [
        {"target": "external_id", "columns": ["id"], "is_needed": True},
        {"target": "name", "columns": ["name"]},
        {"target": "locality", "columns": ["town"]},
        {"target": "website", "columns": ["site"]},
        {"target": "type", "columns": ["kind"]},
    ],
    "constants": {"country": "US", "region": "Maryland"},
    "summaries": {"en": ["A {type} in {locality}."]},
}
BAKERY = {"id": "1", "name": "Example Bakery", "town": "Takoma Park", "kind": "worker-cooperative"}
CHEESE = {"id": "2", "name": "Sample Cheesery", "town": "Takoma Park", "kind": "worker-cooperative"}
NAMELESS = {"id": "3", "town": "Takoma Park", "kind": "worker-cooperative"}


def make_register(**fields) -> Source:
    """A source with a mapping of its own, and the place and type that its rows speak of."""
    make_term()
    make_place()
    source = make_source("example-register", **fields)
    feeds.keep_mapping(source, "example", MAPPING)
    return source


def write_rows(folder: Path, rows: list[dict], name: str = "register.csv") -> Path:
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def bring(folder: Path, *rows: dict, apply: bool = True, **options) -> dict:
    """Bring the rows in by the command; its report."""
    path, report = write_rows(folder, [*rows]), folder / "report.json"
    call_command(
        "import_organizations",
        str(path),
        source="example-register",
        apply=apply,
        report=report,
        stdout=io.StringIO(),
        stderr=io.StringIO(),
        **options,
    )
    return json.loads(report.read_text(encoding="utf-8"))


def revert(report: dict, **options) -> None:
    """Take the import of a report back by the command."""
    call_command(
        "revert_changeset",
        report["changeset"],
        stdout=io.StringIO(),
        stderr=io.StringIO(),
        **options,
    )


def documents() -> dict[str, tuple]:
    """Every listing's state and document, by its permanent id."""
    rows = Organization.objects.with_parts()
    return {row.uid: (row.publication, document_of(row)) for row in rows}


def last_run() -> ImportRun:
    return ImportRun.objects.order_by("pk").last()

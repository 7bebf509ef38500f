"""The files that ship with the directory: where they are and how they read."""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures"
TAXONOMY = tuple(
    FOLDER / "taxonomy" / f"{name}.json"
    for name in ("types", "values", "sectors", "relationship_kinds", "offer_categories")
)
GAZETTEER = FOLDER / "gazetteer" / "places.tsv.gz"
DEMO_SOURCES = FOLDER / "demo" / "sources.json"
DEMO_LISTINGS = FOLDER / "demo" / "organizations.ndjson"


def digest(*files: Path) -> str:
    """SHA-256 of the files' bytes, in hex."""
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def read_json(file: Path) -> Any:
    """The value in a JSON file."""
    return json.loads(file.read_text(encoding="utf-8"))


def read_gazetteer(file: Path = GAZETTEER) -> Iterator[dict[str, str]]:
    """The rows of a gazetteer file, by column name."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_documents(file: Path = DEMO_LISTINGS) -> Iterator[dict[str, Any]]:
    """The documents in an NDJSON file, one a line."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)

"""The files that ship with the directory: where they are and how they read."""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

TAXONOMY = ("types", "values", "sectors", "relationship_kinds", "offer_categories")


def taxonomy() -> list[Path]:
    """The files of the vocabulary, one a scheme, types first."""
    return [settings.FIXTURES_DIR / "taxonomy" / f"{name}.json" for name in TAXONOMY]


def gazetteer() -> Path:
    """The places of the world."""
    return settings.FIXTURES_DIR / "gazetteer" / "places.tsv.gz"


def demo_sources() -> Path:
    """Where the facts of the demo listings come from."""
    return settings.FIXTURES_DIR / "demo" / "sources.json"


def demo_listings() -> Path:
    """The demo listings, one document a line."""
    return settings.FIXTURES_DIR / "demo" / "organizations.ndjson"


def labelled_pairs() -> Path:
    """Pairs of real listings of which is known whether they are one, a pair a line."""
    return settings.FIXTURES_DIR / "duplicates" / "pairs.ndjson"


def digest(*files: Path) -> str:
    """SHA-256 of the files' bytes, in hex."""
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def read_json(file: Path) -> Any:
    """The value in a JSON file."""
    return json.loads(file.read_text(encoding="utf-8"))


def read_gazetteer(file: Path | None = None) -> Iterator[dict[str, str]]:
    """The rows of a gazetteer file (ours by default), by column name."""
    with gzip.open(file or gazetteer(), "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_documents(file: Path | None = None) -> Iterator[dict[str, Any]]:
    """The documents in an NDJSON file (the demo listings by default), one a line."""
    with (file or demo_listings()).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)

"""The mappings that ship with the directory, for files of well-known registers."""

import json
from functools import lru_cache

from django.conf import settings

from directory.exchange.mappings.mapping import Mapping


@lru_cache(maxsize=1)
def shipped() -> dict[str, Mapping]:
    """The mappings in fixtures/mappings by name."""
    files = sorted((settings.FIXTURES_DIR / "mappings").glob("*.json"))
    return {
        file.stem: Mapping.from_json(json.loads(file.read_text(encoding="utf-8"))) for file in files
    }

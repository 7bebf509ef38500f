"""The gold set: what people ask, and which listings they expect (fixtures/quality/README.md).

A judgement is a rule over the facts of a document, evaluated here in plain Python: nothing of the
search engine is used, so that it cannot judge itself.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from directory.exchange import fixtures

FOLDER = settings.FIXTURES_DIR / "quality"
RIGHT, ALSO = 2, 1  # Grades: what was meant; what fits as well.


@dataclass(frozen=True)
class Asked:
    """One query with its judgements; `expected` is empty where nothing answers it."""

    words: str
    kind: str  # of difficulty: label, typo, place …
    language: str  # en es pt fr, or "scripts"
    filters: dict[str, str] = field(default_factory=dict)  # further parameters of the address
    expected: dict[str, int] = field(default_factory=dict)  # slug → grade

    @property
    def right(self) -> set[str]:
        """Slugs of what was meant."""
        return {slug for slug, grade in self.expected.items() if grade == RIGHT}


def sample_documents() -> Iterator[dict[str, Any]]:
    """The invented listings of the sample, for scripts and names that the demo lacks."""
    return fixtures.read_documents(FOLDER / "listings.ndjson")


def gold_set(documents: list[dict[str, Any]]) -> list[Asked]:
    """All queries, judged over the documents (which have slugs)."""
    facts = [Facts(document) for document in documents]
    return [
        _judged(entry, part["language"], facts)
        for file in sorted(FOLDER.glob("queries-*.json"))
        for part in [json.loads(file.read_text(encoding="utf-8"))]
        for entry in part["queries"]
    ]


def _judged(entry: dict[str, Any], language: str, facts: list["Facts"]) -> Asked:
    expected: dict[str, int] = {}
    for name, grade in (("also", ALSO), ("right", RIGHT)):
        if rule := entry.get(name):
            expected |= {one.slug: grade for one in facts if one.meet(rule)}
    return Asked(entry["q"], entry["kind"], language, entry.get("with", {}), expected)


class Facts:
    """A document as rules ask for it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.slug = document["slug"]
        named = [document["name"], document.get("legal_name", "")]
        self.names = plain(" | ".join([*named, *document.get("other_names", ())]))
        summaries = [text.get("summary", "") for text in document.get("translations", {}).values()]
        towns = [place.get("locality", "") for place in document["locations"]]
        texts = [document.get("summary", ""), *summaries, *towns]
        self.text = plain(" | ".join([self.names, *texts]))
        self.terms = {
            (claim["scheme"], code)
            for claim in document["claims"]
            for code in _with_broader(claim["scheme"], claim["code"])
        }
        self.located = _paths(document["locations"])
        self.served = _paths(document.get("service_areas", ()))

    def meet(self, rule: dict[str, Any] | list[dict[str, Any]]) -> bool:
        """Whether they meet a rule: all of its parts; any of them, where it is a list."""
        if isinstance(rule, list):
            return any(self.meet(one) for one in rule)
        return all(self._meet_part(name, _several(wanted)) for name, wanted in rule.items())

    def _meet_part(self, name: str, wanted: list[Any]) -> bool:
        match name:
            case "slug":
                return self.slug in wanted
            case "type" | "sector" | "value":
                return any((name, code) in self.terms for code in wanted)
            case "name":
                return any(_pattern(text).search(self.names) for text in wanted)
            case "text":
                return any(_pattern(text).search(self.text) for text in wanted)
            case "in":
                return any(path in self.located for path in wanted)
            case "for":
                return any(path in self.located | self.served for path in wanted)
            case "not":
                return not self.meet(wanted)
        raise ValueError(f"a rule has no part called {name!r}")


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(plain(text))


def plain(text: str) -> str:
    """Small letters without accents; on purpose not the folding of the search engine."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in marked if not unicodedata.combining(c)))


def _several(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _paths(parts: Iterable[dict[str, Any]]) -> set[str]:
    """Paths of the places named and of all that hold them."""
    named = [part.get("place") or part.get("country", "").lower() for part in parts]
    steps = [path.split("/") for path in named if path]
    return {"/".join(step[:depth]) for step in steps for depth in range(1, len(step) + 1)}


@lru_cache(maxsize=1024)
def _with_broader(scheme: str, code: str) -> tuple[str, ...]:
    above = _parents()[scheme, code]
    return (code, *_with_broader(scheme, above)) if above else (code,)


@lru_cache(maxsize=1)
def _parents() -> dict[tuple[str, str], str]:
    entries = [fixtures.read_json(Path(file)) for file in fixtures.taxonomy()]
    return {
        (entry["scheme"], term["code"]): term["parent"] or ""
        for entry in entries
        for term in entry["terms"]
    }

"""The questions about ownership and governance, and the answers that may be given."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from directory.models.term import in_language

FILE = settings.FIXTURES_DIR / "taxonomy" / "governance_attributes.json"


@dataclass(frozen=True)
class GovernanceAttribute:
    """One question: its kind (multi, single, decimal, integer) and its answers."""

    code: str
    kind: str
    labels: dict[str, str]
    choices: dict[str, dict[str, str]]

    @property
    def label(self) -> str:
        return in_language(self.labels)

    def choice_label(self, code: str) -> str:
        return in_language(self.choices.get(code, {})) or code


@lru_cache(maxsize=1)
def governance_attributes() -> dict[str, GovernanceAttribute]:
    """All attributes by code, in the order in which they are asked."""
    entries = json.loads(FILE.read_text(encoding="utf-8"))["attributes"]
    return {
        entry["code"]: GovernanceAttribute(
            entry["code"],
            entry["type"],
            entry["labels"],
            {choice["code"]: choice["labels"] for choice in entry["choices"]},
        )
        for entry in entries
    }

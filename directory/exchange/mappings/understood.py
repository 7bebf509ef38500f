"""Values as files write them: what they were understood to say."""

from dataclasses import dataclass
from typing import Any


class NotUnderstood(ValueError):
    """The text says nothing that is looked for; the message says what would be right."""


@dataclass(frozen=True)
class Understood:
    """A value, and a sentence where it was taken otherwise than it was written."""

    value: Any
    note: str = ""

"""Values as files write them: what they were understood to say."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _

# Characters of a date, number, point or address; patterns are not tried on whole pages of text.
LONGEST = 1_000


class NotUnderstood(ValueError):
    """The text says nothing that is looked for; the message says what would be right."""


@dataclass(frozen=True)
class Understood:
    """A value, and a sentence where it was taken otherwise than it was written."""

    value: Any
    note: str = ""


def of_one_value(read: Callable) -> Callable:
    """For functions that read a date, number or address: longer texts are none."""

    @wraps(read)
    def reading(value: Any, *further: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise NotUnderstood(
                _("This has %(length)d characters; at most %(longest)d fit.")
                % {"length": len(value), "longest": LONGEST}
            )
        return read(value, *further)

    return reading

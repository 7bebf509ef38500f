"""The stamp of a form: when it was opened. It keeps programs out, and a double click from counting.

A stamp is signed. One that was used leads to what came of it the first time.
"""

import secrets
import time

from django.conf import settings
from django.core import signing
from django.core.cache import cache

SALT = "directory.proposal"
KEPT_SECONDS = 24 * 60 * 60  # How long a stamp that was used is remembered.


def new_stamp() -> str:
    """A stamp for a form that is opened now."""
    return signing.dumps([secrets.token_urlsafe(9), int(time.time())], salt=SALT)


def age_of(stamp: str) -> float | None:
    """Seconds since the form was opened; None for a stamp that is not ours."""
    try:
        _name, opened = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return time.time() - opened


def is_too_quick(stamp: str) -> bool:
    """Whether nobody could have filled the form in since."""
    age = age_of(stamp)
    return age is None or age < settings.PROPOSAL_SECONDS_MIN


def remember(stamp: str, reference: str) -> None:
    """What came of the form with this stamp."""
    cache.set(_key(stamp), reference, KEPT_SECONDS)


def sent_before(stamp: str) -> str | None:
    """The reference number of what this very form brought in already."""
    return cache.get(_key(stamp)) if age_of(stamp) is not None else None


def _key(stamp: str) -> str:
    return f"proposal-sent:{stamp.rpartition(':')[2]}"

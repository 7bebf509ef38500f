"""Who may undo, erase and look after the machinery. The one place where these pages ask."""

from typing import Any

from django.contrib.auth.models import AbstractUser

# Whoever may change listings may undo a change of one; the rest is for curators and operators.
EDITORS = {"revision.revert"}
PERMISSION = "directory.change_organization"


def may(person: AbstractUser, action: str, target: Any = None) -> bool:
    """Whether this person may do the thing; `action` is a word like "changeset.revert"."""
    if not (person.is_active and person.is_staff):
        return False
    return person.is_superuser or (action in EDITORS and person.has_perm(PERMISSION))

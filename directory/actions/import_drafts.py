"""Why the new listing of a row stays a draft."""

from typing import Any

from django.utils.translation import gettext as _

from directory.actions.organizations import what_is_missing_in


def why_a_draft(document: dict[str, Any]) -> str:
    """What a new listing lacks to be put on the site, in a sentence; "" where it lacks nothing."""
    missing = what_is_missing_in(document)
    if not missing:
        return ""
    return _("A draft until it is complete: %(why)s") % {"why": " ".join(missing)}

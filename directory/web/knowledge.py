"""How well a set of listings is known: counts with the stitch of their level."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import VerificationLevel
from directory.search.query import Found
from directory.web.stitches import Stitch


@dataclass(frozen=True)
class Known:
    """A stitch, and how many listings wear it."""

    stitch: Stitch
    count: int


def knowledge(found: Found) -> list[Known]:
    """From the firmest to the loosest; levels that somebody else stands for count together."""
    counts = {value.code: value.count for value in found.facets.get("verification", ())}
    groups = [
        ("paper", "paper", _("Papers seen"), [VerificationLevel.DOCUMENTED]),
        (
            "checked",
            "check",
            _("Checked, confirmed or vouched for"),
            [
                VerificationLevel.EDITOR_CHECKED,
                VerificationLevel.ORG_CONFIRMED,
                VerificationLevel.PEER_VOUCHED,
            ],
        ),
        ("says", "says", _("Says so itself"), [VerificationLevel.SELF_REPORTED]),
        ("unchecked", "unknown", _("Not checked yet"), [VerificationLevel.UNVERIFIED]),
    ]
    return [
        Known(Stitch(line, icon, words), sum(counts.get(level.code, 0) for level in levels))
        for line, icon, words, levels in groups
    ]

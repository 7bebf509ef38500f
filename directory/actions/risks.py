"""How much harm a wrong decision about a proposal could do, and why."""

from enum import StrEnum

from directory.documents import Choice
from directory.models import ReportReason, Risk
from directory.models.location import Precision

LIFE = {"lifecycle", "closed"}  # Whether an enterprise still exists.
# Where money, letters and people are sent to.
LEADING = {"name", "legal_name", "website", "email", "phone", "identifiers"}
FINDING = {"locations", "claims", "service_areas", "links", "slug"}
ORDER = [precision.value for precision in Precision]

REPORTS = {
    ReportReason.CLOSED: Risk.MEDIUM,
    ReportReason.MOVED: Risk.MEDIUM,
    ReportReason.DUPLICATE: Risk.LOW,
    ReportReason.NOT_SOLIDARITY_ECONOMY: Risk.MEDIUM,
    ReportReason.WRONG_DATA: Risk.MEDIUM,
    ReportReason.REMOVE_ME: Risk.HIGH,
}


class Ground(StrEnum):
    """What makes a piece of a change as risky as it is."""

    LIFE = "life"
    LEADS_ELSEWHERE = "leads elsewhere"
    PLACE_GONE = "place gone"
    SHOWS_MORE = "shows more"
    SAID_FIRST = "said first"  # Where the listing said nothing so far.
    FINDING = "finding"
    DESCRIBING = "describing"


RISKS = {
    Ground.LIFE: Risk.HIGH,
    Ground.LEADS_ELSEWHERE: Risk.HIGH,
    Ground.PLACE_GONE: Risk.HIGH,
    Ground.SHOWS_MORE: Risk.HIGH,
    Ground.SAID_FIRST: Risk.MEDIUM,
    Ground.FINDING: Risk.MEDIUM,
    Ground.DESCRIBING: Risk.LOW,
}


def risk_of(changes: list[Choice]) -> Risk:
    """The risk of the riskiest piece."""
    return max((RISKS[ground_of(change)] for change in changes), default=Risk.LOW)


def grounds_of(changes: list[Choice], risk: int) -> dict[Ground, list[Choice]]:
    """The pieces that make a change as risky as it is, by what makes them so."""
    found: dict[Ground, list[Choice]] = {}
    for change in changes:
        ground = ground_of(change)
        if RISKS[ground] == risk:
            found.setdefault(ground, []).append(change)
    return found


def ground_of(change: Choice) -> Ground:
    """What makes one piece as risky as it is."""
    if change.field == "lifecycle":
        return Ground.LIFE
    if change.field in LIFE | LEADING:
        if change.is_gain:
            return Ground.SAID_FIRST
        return Ground.LIFE if change.field in LIFE else Ground.LEADS_ELSEWHERE
    if change.field == "locations" and change.is_loss:
        return Ground.PLACE_GONE
    if change.field == "locations" and _shows_more(change):
        return Ground.SHOWS_MORE
    return Ground.FINDING if change.field in FINDING else Ground.DESCRIBING


def _shows_more(change: Choice) -> bool:
    """Whether an address would be published more exactly than it is."""
    if change.members != ("precision",):
        return False
    was, wanted = change.base["precision"], change.theirs["precision"]
    return ORDER.index(wanted) < ORDER.index(was)

"""How much harm a wrong decision about a proposal could do."""

from directory.documents import Choice
from directory.models import ReportReason, Risk
from directory.models.location import Precision

# Where money, letters and people are sent to, and whether an enterprise still exists.
HIGH = {"name", "legal_name", "website", "email", "phone", "lifecycle", "closed", "identifiers"}
MEDIUM = {"locations", "claims", "service_areas", "links", "slug"}
ORDER = [precision.value for precision in Precision]

REPORTS = {
    ReportReason.CLOSED: Risk.MEDIUM,
    ReportReason.MOVED: Risk.MEDIUM,
    ReportReason.DUPLICATE: Risk.LOW,
    ReportReason.NOT_SOLIDARITY_ECONOMY: Risk.MEDIUM,
    ReportReason.WRONG_DATA: Risk.MEDIUM,
    ReportReason.REMOVE_ME: Risk.HIGH,
}


def risk_of(changes: list[Choice]) -> Risk:
    """The risk of the riskiest piece."""
    return max((_risk(change) for change in changes), default=Risk.LOW)


def _risk(change: Choice) -> Risk:
    if change.field in HIGH and not (change.is_gain and change.field != "lifecycle"):
        return Risk.HIGH
    if change.field == "locations" and (change.is_loss or _shows_more(change)):
        return Risk.HIGH
    return Risk.MEDIUM if change.field in HIGH | MEDIUM else Risk.LOW


def _shows_more(change: Choice) -> bool:
    """Whether an address would be published more exactly than it is."""
    if change.members != ("precision",):
        return False
    was, wanted = change.base["precision"], change.theirs["precision"]
    return ORDER.index(wanted) < ORDER.index(was)

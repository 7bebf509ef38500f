"""Why a proposal is as risky as it is, in words for the editors who decide."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions.risks import Ground, grounds_of
from directory.admin.choice_words import piece_label
from directory.documents import Choice
from directory.models import Proposal, ProposalKind, ReportReason

FIELDS_TOLD = 5  # All are in the table below; more than these nobody reads in a line.

GROUNDS = {
    Ground.LIFE: gettext_lazy("it says whether the enterprise is still there: %(fields)s"),
    Ground.LEADS_ELSEWHERE: gettext_lazy(
        "people, letters or money could be led elsewhere: %(fields)s"
    ),
    Ground.PLACE_GONE: gettext_lazy("a place is taken out"),
    Ground.SHOWS_MORE: gettext_lazy("an address is shown more exactly than it is"),
    Ground.SAID_FIRST: gettext_lazy("people will rely on what was not told so far: %(fields)s"),
    Ground.FINDING: gettext_lazy("it changes where, or as what, it is found: %(fields)s"),
    Ground.DESCRIBING: gettext_lazy("it only changes how it is described: %(fields)s"),
}
REPORTS = {
    ReportReason.CLOSED: gettext_lazy("wrongly accepted, it tells people that it has closed"),
    ReportReason.MOVED: gettext_lazy("wrongly accepted, it sends people to another place"),
    ReportReason.DUPLICATE: gettext_lazy("nothing changes before somebody merges the two"),
    ReportReason.NOT_SOLIDARITY_ECONOMY: gettext_lazy(
        "wrongly accepted, it takes what belongs here off the site"
    ),
    ReportReason.WRONG_DATA: gettext_lazy("what is wrong has to be found out first"),
    ReportReason.REMOVE_ME: gettext_lazy(
        "what is shown may do harm, and accepting takes it off the site"
    ),
}


def risk_reasons(proposal: Proposal, changes: list[Choice]) -> list[str]:
    """What makes the proposal, which changes this, as risky as it is."""
    if proposal.kind == ProposalKind.REPORT:
        return [str(REPORTS[ReportReason(proposal.report_reason)])]
    if proposal.kind == ProposalKind.NEW:
        return [_("a new listing that nobody has checked yet")]
    found = grounds_of(changes, proposal.risk)
    return [str(GROUNDS[ground]) % {"fields": _fields(pieces)} for ground, pieces in found.items()]


def _fields(pieces: list[Choice]) -> str:
    labels = list(dict.fromkeys(piece_label(piece) for piece in pieces))
    return ", ".join([*labels[:FIELDS_TOLD], *["…"] * (len(labels) > FIELDS_TOLD)])

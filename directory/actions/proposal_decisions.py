"""What editors do with a proposal: accept it whole or in part, decline it, ask its sender."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.actions import organizations
from directory.actions.conflicts import check_version
from directory.actions.letters import tell_sender
from directory.actions.log import open_changeset
from directory.actions.proposals import lock_open, present_document, visitors_source
from directory.documents import Choice, choices, merged
from directory.documents.texts import is_web_address
from directory.models import (
    Door,
    Lifecycle,
    Organization,
    Proposal,
    ProposalKind,
    ProposalState,
    ReportReason,
)
from directory.models.decline_reason import sentence_of


class NothingChosen(Exception):
    """No piece was chosen: then it is declined, not accepted."""


class NoReason(Exception):
    """The sender is owed a reason."""


def choices_of(proposal: Proposal, present: dict[str, Any] | None = None) -> list[Choice]:
    """What the proposal changes, beside what the listing says now; [] for a report.

    `present` is the listing's whole document, where it is at hand.
    """
    match proposal.kind:
        case ProposalKind.NEW:
            return choices({}, proposal.document, {})
        case ProposalKind.CHANGE:
            present = present or present_document(proposal.organization)
            return choices(proposal.base_revision.document, proposal.document, present)
    return []


@transaction.atomic
def accept(
    proposal: Proposal,
    *,
    by: object | None,
    door: Door,
    codes: Collection[str] | None = None,
    expected_version: int | None = None,
    message: str = "",
    reason: str = "",
    declined_for: str = "",
) -> None:
    """Take the proposal over: all of it, or the pieces with these codes (`choices_of`).

    Only these pieces are put into the listing as it is now; nothing else changes. Why the others
    are declined is told to the sender: `declined_for` (a DeclineReason), own words, or both. A
    report is acted upon: closed is noted, what does not belong is unpublished, who asks to is
    taken out.
    Raises NotOpen, NothingChosen, NoReason, EditConflict where the listing changed since
    `expected_version`, and what organizations.add and edit raise.
    """
    lock_open(proposal)
    changeset = open_changeset(by=by, door=door, reason=reason or _why(proposal))
    how = {"by": by, "door": door, "changeset": changeset}
    declined = proposal.declined_parts = _take_over(proposal, codes, how, expected_version)
    if changeset.revisions.exists():
        proposal.changeset = changeset
    else:
        changeset.delete()  # An editor did by hand what the report asked for.
    state = ProposalState.ACCEPTED_IN_PART if declined else ProposalState.ACCEPTED
    if declined:
        message = _why_declined(proposal, declined_for, message)
    _close(proposal, state, by, message)


def _take_over(
    proposal: Proposal, codes: Collection[str] | None, how: dict, expected_version: int | None
) -> list[str]:
    """Do what it asks for; pointers of the pieces that were not chosen."""
    match proposal.kind:
        case ProposalKind.NEW:
            return _accept_new(proposal, codes, how)
        case ProposalKind.CHANGE:
            return _accept_change(proposal, codes, how, expected_version)
    _act_on(proposal, how)
    return []


@transaction.atomic
def decline(proposal: Proposal, *, by: object | None, reason: str = "", message: str = "") -> None:
    """Leave the listing as it is, and say why: a DeclineReason, own words, or both.

    Raises NotOpen, and NoReason where neither is given.
    """
    lock_open(proposal)
    _close(proposal, ProposalState.DECLINED, by, _why_declined(proposal, reason, message))


@transaction.atomic
def answer(proposal: Proposal, *, message: str) -> None:
    """Ask or tell the sender something; the proposal stays open.

    Raises NotOpen, and NoReason for an empty message.
    """
    if not message.strip():
        raise NoReason(_("Write something to the sender."))
    lock_open(proposal)
    proposal.message = message.strip()
    proposal.save(update_fields=["message"])
    tell_sender(proposal)


def _why_declined(proposal: Proposal, reason: str, message: str) -> str:
    """What the sender reads, in their language. Raises NoReason where nothing is said."""
    if not (reason or message.strip()):
        raise NoReason(_("Choose a reason, or write one."))
    with translation.override(proposal.language):
        sentence = sentence_of(reason)
    return f"{sentence}\n\n{message}".strip()


def _close(proposal: Proposal, state: ProposalState, by: object | None, message: str) -> None:
    proposal.state, proposal.decided_by = state, by
    proposal.decided_at = timezone.now()
    proposal.message = message.strip()
    proposal.save(
        update_fields=[
            "state",
            "decided_by",
            "decided_at",
            "message",
            "organization",
            "changeset",
            "declined_parts",
        ]
    )
    tell_sender(proposal)


def _accept_new(proposal: Proposal, codes: Collection[str] | None, how: dict) -> list[str]:
    """Add the listing, and publish it if it has all that it needs; else it stays a draft."""
    chosen, left = _split(choices_of(proposal), codes)
    document = merged({}, chosen)
    document["sources"] = [*document.get("sources", []), *_source(proposal, document)]
    organization = organizations.add(document, **how)
    proposal.organization = organization
    if not organizations.what_is_missing(organization):
        organizations.publish(organization, **how)
    return left


def _source(proposal: Proposal, document: dict[str, Any]) -> list[dict[str, str]]:
    """Where a listing comes from that visitors proposed: from them, and what they point at."""
    if document.get("sources"):
        return []
    url = proposal.evidence if is_web_address(proposal.evidence) else ""
    day = timezone.localdate(proposal.created_at).isoformat()
    return [{"source": visitors_source().code, "url": url, "fetched_on": day}]


def _accept_change(
    proposal: Proposal, codes: Collection[str] | None, how: dict, expected_version: int | None
) -> list[str]:
    organization = proposal.organization
    organization.refresh_from_db(from_queryset=Organization.objects.select_for_update())
    present = present_document(organization)
    check_version(organization, present, expected_version)
    found = choices(proposal.base_revision.document, proposal.document, present)
    chosen, left = _split(found, codes)
    organizations.edit(organization, merged(present, chosen), **how)
    return left


def _split(found: list[Choice], codes: Collection[str] | None) -> tuple[list[Choice], list[str]]:
    """The chosen pieces, and pointers of the others."""
    chosen = [choice for choice in found if codes is None or choice.code in codes]
    if found and not chosen:
        raise NothingChosen(_("Accept at least one change, or decline the whole."))
    left = [choice for choice in found if choice not in chosen and not choice.is_done]
    return chosen, ["/" + "/".join(str(step) for step in choice.path) for choice in left]


def _act_on(proposal: Proposal, how: dict) -> None:
    """Do what a report asks for, where that is one plain act; else an editor did it by hand."""
    organization = proposal.organization
    organization.refresh_from_db(from_queryset=Organization.objects.select_for_update())
    match proposal.report_reason:
        case ReportReason.CLOSED:
            closed = present_document(organization) | {"lifecycle": Lifecycle.CLOSED.value}
            organizations.edit(organization, closed, **how)
        case ReportReason.REMOVE_ME if organization.is_published:
            organizations.withdraw(organization, **how)
        case ReportReason.NOT_SOLIDARITY_ECONOMY if organization.is_published:
            organizations.unpublish(organization, **how)


def _why(proposal: Proposal) -> str:
    """What the history of the listing says; never who sent it, nor what they wrote."""
    if proposal.kind != ProposalKind.REPORT:
        return _("Proposed by the organization") if proposal.is_own else _("Proposed by a visitor")
    said = _("The organization said: %(what)s")
    reported = _("A visitor reported: %(what)s")
    what = proposal.get_report_reason_display()
    return (said if proposal.is_own else reported) % {"what": what}

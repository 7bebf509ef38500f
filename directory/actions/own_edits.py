"""What an enterprise does with its own listing: change it, confirm it, answer, take it out."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import exclusions, organizations, remit
from directory.actions.confirmations import verify
from directory.actions.proposal_decisions import NoReason
from directory.actions.proposals import Sender, lock_open, present_document, propose_change
from directory.documents import choices, merged, validate
from directory.documents.facts import facts_told
from directory.models import (
    Assertion,
    Door,
    EnterpriseEdits,
    Network,
    Organization,
    Proposal,
    Revision,
    VerificationLevel,
)


def is_shown_at_once(organization: Organization) -> bool:
    """Whether an edit by the enterprise is shown before an editor has looked.

    As the networks say that care for the listing: at once only if all of them say so. Where none
    does, ENTERPRISE_EDITS decides.
    """
    networks = Network.objects.caring_for(organization)
    said = {network.enterprise_edits for network in networks} or {settings.ENTERPRISE_EDITS}
    return said == {EnterpriseEdits.AT_ONCE}


@transaction.atomic
def edit_own(
    organization: Organization, document: Any, *, base: Revision, by: object, sender: Sender
) -> Proposal | None:
    """Change the listing at once (None), or propose the change where an editor looks first.

    `base` is what the enterprise saw. What was changed since stays, and where that crosses the
    edit, an editor looks first in any case. An editor who is on the page of the enterprise does
    not speak for it: the log and the claims say so. Raises documents.InvalidDocument,
    NothingProposed, and, at once, NotPublishable.
    """
    is_own = remit.speaks_for(by, organization)
    said_by = Assertion.ORGANIZATION if is_own else Assertion.EDITOR
    checked = validate(_as_said_by(said_by, validate(document), base.document["claims"]))
    organizations.lock(organization)
    present = present_document(organization)
    found = choices(base.document, checked, present)
    is_crossed = any(choice.is_conflict for choice in found)
    if is_crossed or not found or not is_shown_at_once(organization):
        return propose_change(organization, checked, base=base, sender=sender, is_own=is_own)
    door, reason = _door(by, organization), sender.note[:300]
    organizations.edit(organization, merged(present, found), by=by, door=door, reason=reason)
    return None


def _door(by: object, organization: Organization) -> Door:
    """Whether it is the enterprise that acts, or an editor on its page."""
    return Door.ENTERPRISE if remit.speaks_for(by, organization) else Door.WEB


def _as_said_by(said_by: Assertion, document: dict[str, Any], before: list) -> dict[str, Any]:
    """The document with its new claims marked by who makes them."""
    claims = [
        claim if claim in before else claim | {"asserted_by": said_by.value}
        for claim in document["claims"]
    ]
    return document | {"claims": claims}


def confirm_own(organization: Organization, *, by: object) -> None:
    """All that the listing tells is still right, says the enterprise."""
    verify(
        organization,
        level=VerificationLevel.ORG_CONFIRMED,
        on=timezone.localdate(),
        by=by,
        door=Door.ENTERPRISE,
        facts=facts_told(present_document(organization)),
    )


@transaction.atomic
def say_own_word(proposal: Proposal, words: str) -> None:
    """Tell the editors what the enterprise says of a proposal about it.

    Raises NotOpen, and NoReason for no words.
    """
    if not words.strip():
        raise NoReason(_("Write something to the editors."))
    lock_open(proposal)
    proposal.own_word = words.strip()
    proposal.save(update_fields=["own_word"])


@transaction.atomic
def withdraw_consent(
    organization: Organization, *, by: object, reason: str, is_for_good: bool
) -> None:
    """Take the listing down; for good, the do-not-list register keeps it from coming back.

    Raises NotPublished if it is not on the site.
    """
    document = present_document(organization)
    door = _door(by, organization)
    organizations.withdraw(organization, by=by, door=door, reason=reason)
    if is_for_good:
        exclusions.exclude(document, by=by, reason=_("The enterprise asked for it."))

"""What of a listing was confirmed, fact by fact: when, and in which role; never by whom."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.documents import document_of, public_document
from directory.documents.facts import fact_digest, facts_told
from directory.models import (
    Fact,
    FactConfirmation,
    Organization,
    VerificationLevel,
    Witness,
)


@dataclass(frozen=True)
class Confirmed:
    """One fact: what it is, who said last that it is right, and on which day (None for never)."""

    label: str
    who: str
    on: datetime.date | None


def confirmed(organization: Organization) -> dict[str, Any] | None:
    """When somebody last confirmed the listing, and in which role."""
    events = [e for e in organization.verification_events.all() if e.level]
    newest = max(events, key=lambda event: (event.happened_on, event.pk), default=None)
    if newest is None:
        return None
    who = {
        VerificationLevel.SELF_REPORTED: _("by the organization itself"),
        VerificationLevel.ORG_CONFIRMED: _("by the organization itself"),
        VerificationLevel.PEER_VOUCHED: _("by %(peer)s") % {"peer": newest.peer_name},
    }.get(newest.level, _("by an editor"))
    return {"on": newest.happened_on, "who": who, "evidence_url": newest.evidence_url}


def facts_shown(organization: Organization) -> list[Fact]:
    """The facts that its page tells, in order. Needs its parts loaded."""
    return facts_told(public_document(document_of(organization)))


def facts_confirmed(organization: Organization) -> list[Confirmed]:
    """Each fact that the page tells; none where nobody confirmed any.

    Needs the parts and `fact_confirmations` loaded. What somebody confirmed before the fact was changed says nothing of it now.
    """
    document = document_of(organization)
    found = []
    for fact in facts_shown(organization):
        digest = fact_digest(document, fact)
        said = [
            each
            for each in organization.fact_confirmations.all()
            if each.fact == fact and each.digest == digest
        ]
        newest = max(said, key=_firmness, default=None)
        found.append(
            Confirmed(
                label=str(fact.label),
                who=_who(newest) if newest else "",
                on=newest.confirmed_on if newest else None,
            )
        )
    return found if any(each.on for each in found) else []


def _firmness(said: FactConfirmation) -> tuple:
    """The newest; on the same day, a visitor's word comes last."""
    return said.confirmed_on, said.witness != Witness.VISITOR, said.pk


def _who(said: FactConfirmation) -> str:
    match said.witness:
        case Witness.VISITOR:
            return _("a visitor says so")
        case Witness.ORGANIZATION:
            return _("confirmed by the organization itself")
        case Witness.PEER:
            return _("confirmed by a peer")
    return _("checked by an editor")

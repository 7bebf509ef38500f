"""Checks, confirmations and vouchers, and the verification level derived from them."""

import datetime

from django.db import transaction
from django.utils import timezone

from directory.actions.log import open_changeset, record
from directory.models import (
    Changeset,
    Door,
    Organization,
    RevisionKind,
    VerificationEvent,
    VerificationLevel,
)


@transaction.atomic
def verify(
    organization: Organization,
    *,
    level: VerificationLevel,
    on: datetime.date,
    by: object | None,
    door: Door,
    peer_name: str = "",
    evidence_url: str = "",
    evidence_title: str = "",
    note: str = "",
    changeset: Changeset | None = None,
) -> VerificationEvent:
    """Log that somebody checked, confirmed or vouched for the listing, and derive its level.

    The level is the firmest that any event reached, dated by the newest event of that level.
    `last_confirmed_at` is the newest event above unverified.
    """
    organization.refresh_from_db(from_queryset=Organization.objects.select_for_update())
    event = VerificationEvent.objects.create(
        organization=organization,
        level=level,
        happened_on=on,
        by=by,
        peer_name=peer_name,
        evidence_url=evidence_url,
        evidence_title=evidence_title,
        note=note,
    )
    _derive(organization)
    changeset = changeset or open_changeset(by=by, door=door, reason=note)
    record(organization, kind=RevisionKind.VERIFIED, changeset=changeset)
    return event


def _derive(organization: Organization) -> None:
    events = list(organization.verification_events.firmest_first())
    organization.verification = events[0].level
    organization.verified_on = events[0].happened_on
    confirmed = [e.happened_on for e in events if e.level > VerificationLevel.UNVERIFIED]
    if confirmed:
        organization.last_confirmed_at = datetime.datetime.combine(
            max(confirmed), datetime.time(12), tzinfo=timezone.get_default_timezone()
        )
    organization.save(
        update_fields=["verification", "verified_on", "last_confirmed_at", "updated_at"]
    )

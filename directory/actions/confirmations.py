"""Checks, confirmations and vouchers, and the verification level derived from them."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.log import open_changeset, record
from directory.models import (
    Changeset,
    Door,
    Organization,
    RevisionKind,
    VerificationEvent,
    VerificationLevel,
)
from directory.models.confirmation import is_stale


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

    The level is the firmest that an event reached and that wants no new look yet, dated by the
    newest event of that level; where all want one, it is the newest event's.
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


class CheckVoided(Exception):
    """The check was taken back already."""


@transaction.atomic
def void_check(
    event: VerificationEvent, *, by: object | None, door: Door, reason: str = ""
) -> None:
    """Take back a check that was recorded by mistake; the listing's level is derived anew.

    The event stays, marked. Raises CheckVoided if it was taken back before.
    """
    organization = Organization.objects.select_for_update().get(pk=event.organization_id)
    event.refresh_from_db()
    if event.voided_at is not None:
        raise CheckVoided(_("This check was taken back already."))
    event.voided_at, event.voided_by = timezone.now(), by
    event.save(update_fields=["voided_at", "voided_by"])
    _derive(organization)
    changeset = open_changeset(by=by, door=door, reason=reason)
    record(organization, kind=RevisionKind.CHECK_VOIDED, changeset=changeset)


def _derive(organization: Organization) -> None:
    counting = _counting(organization)
    organization.verification = counting.level if counting else VerificationLevel.UNVERIFIED
    organization.verified_on = counting.happened_on if counting else None
    organization.last_confirmed_at = _confirmed_at(organization)
    organization.save(
        update_fields=["verification", "verified_on", "last_confirmed_at", "updated_at"]
    )


def _counting(organization: Organization) -> VerificationEvent | None:
    """The event that makes the level: an old firm one gives way to a fresh one."""
    events = organization.verification_events.standing()
    today = timezone.localdate()
    fresh = (e for e in events.firmest_first() if not is_stale(e.level, e.happened_on, today))
    return next(fresh, None) or events.newest_first().first()


def _confirmed_at(organization: Organization) -> datetime.datetime | None:
    events = organization.verification_events.standing().newest_first()
    newest = events.filter(level__gt=VerificationLevel.UNVERIFIED).first()
    return noon_of(newest.happened_on if newest else None)


def noon_of(day: datetime.date | None) -> datetime.datetime | None:
    """The time that stands for a day on which something was confirmed."""
    if day is None:
        return None
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=timezone.get_default_timezone())

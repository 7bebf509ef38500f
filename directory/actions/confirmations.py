"""Checks, confirmations and vouchers, and the verification level derived from them."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.facts import write_facts
from directory.actions.log import open_changeset, record
from directory.actions.organizations import lock_standing
from directory.models import (
    Changeset,
    Door,
    Fact,
    Organization,
    RevisionKind,
    VerificationEvent,
    VerificationLevel,
)
from directory.models.confirmation import is_stale, stale_from


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
    facts: Iterable[Fact] = (Fact.EXISTS,),
    changeset: Changeset | None = None,
) -> VerificationEvent:
    """Log that somebody checked, confirmed or vouched for the listing, and derive its level.

    A check of a listing that was merged counts for the one that stands for it.
    `facts` are those they stand for one by one. The level is the firmest that an event reached
    and that wants no new look yet, dated by the newest event of that level; where all want one,
    it is the newest event's. `last_confirmed_at` is the newest event above unverified.
    """
    organization = lock_standing(organization)
    changeset = changeset or open_changeset(by=by, door=door, reason=note)
    event = VerificationEvent.objects.create(
        organization=organization,
        level=level,
        happened_on=on,
        by=by,
        peer_name=peer_name,
        evidence_url=evidence_url,
        evidence_title=evidence_title,
        note=note,
        changeset=changeset,
    )
    write_facts(event, facts)
    derive(organization)
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
    mark_voided(event, by=by)
    derive(organization)
    changeset = open_changeset(by=by, door=door, reason=reason)
    record(organization, kind=RevisionKind.CHECK_VOIDED, changeset=changeset)


def mark_voided(event: VerificationEvent, *, by: object | None) -> None:
    """Let the event count no longer; the caller derives the level and writes the log."""
    event.voided_at, event.voided_by = timezone.now(), by
    event.save(update_fields=["voided_at", "voided_by"])


def derive(organization: Organization) -> None:
    """Make the level what the events say today, in the transaction of what changed them.

    A level never rises or falls by itself otherwise (INTEROP.md 8.7): when an event grows old,
    one that is still fresh takes its place; where none is, the level stays and wants a new look.
    """
    counting = _counting(organization)
    organization.verification = counting.level if counting else VerificationLevel.UNVERIFIED
    organization.verified_on = counting.happened_on if counting else None
    organization.stale_since = _stale_since(counting)
    organization.last_confirmed_at = _confirmed_at(organization)
    columns = "verification verified_on stale_since last_confirmed_at updated_at"
    organization.save(update_fields=columns.split())


def _stale_since(counting: VerificationEvent | None) -> datetime.date | None:
    day = stale_from(counting.level, counting.happened_on) if counting else None
    return day if day and day <= timezone.localdate() else None


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

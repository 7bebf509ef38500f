"""What the passing of time does to listings: a check that was firm wants a new look some day.

A stale listing is shown as such and comes later in lists (it is demoted), keeps its level unless a
fresher check takes over, and stays where it is: only an editor hides, and nobody deletes.
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from directory.actions.confirmations import derive
from directory.actions.log import open_changeset, record
from directory.models import Door, Organization, RevisionKind, VerificationLevel
from directory.models.confirmation import stale_from

LISTINGS_AT_ONCE = 500


def age_listings() -> Iterator[int]:
    """Mark what has grown old since last time, one listing after the other; gives their ids."""
    today = timezone.localdate()
    while keys := _keys(Organization.objects.stale(today).filter(stale_since=None)):
        for key in keys:
            age(key, today)
            yield key
    refreshed = Organization.objects.marked_stale().exclude(
        pk__in=Organization.objects.stale(today).values("pk")
    )
    for key in _keys(refreshed):
        refresh(key, today)
        yield key


@transaction.atomic
def age(key: int, today: datetime.date) -> None:
    """Derive the listing's level anew, and write into the log that its check has grown old."""
    organization = Organization.objects.select_for_update().get(pk=key)
    if not Organization.objects.stale(today).filter(pk=key, stale_since=None).exists():
        return
    derive(organization)
    if organization.verification == VerificationLevel.UNVERIFIED:
        since = stale_from(VerificationLevel.UNVERIFIED, _came_on(organization))
        organization.stale_since = since
        organization.save(update_fields=["stale_since"])
    changeset = open_changeset(by=None, door=Door.CLOCK)
    record(organization, kind=RevisionKind.GROWN_OLD, changeset=changeset)


@transaction.atomic
def refresh(key: int, today: datetime.date) -> None:
    """Take the mark off a listing whose source was read again meanwhile."""
    organization = Organization.objects.select_for_update().get(pk=key)
    if not Organization.objects.stale(today).filter(pk=key).exists():
        organization.stale_since = None
        organization.save(update_fields=["stale_since"])


def _keys(organizations: object) -> list[int]:
    return list(organizations.order_by("pk").values_list("pk", flat=True)[:LISTINGS_AT_ONCE])


def _came_on(organization: Organization) -> datetime.date:
    """The day the listing came here, or that its source was last read, whichever is later."""
    came = timezone.localdate(organization.published_at)
    read = organization.source_records.exclude(fetched_on=None).order_by("-fetched_on").first()
    return max(came, read.fetched_on) if read else came

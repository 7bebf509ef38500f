"""What networks do: say what they are, take in members, and approve listings."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.log import open_changeset, record
from directory.models import (
    Door,
    Network,
    NetworkApproval,
    NetworkMember,
    Organization,
    RevisionKind,
)


class NetworkRefused(Exception):
    """The network cannot do this; the message says why."""


@transaction.atomic
def join(
    network: Network,
    organization: Organization,
    *,
    by: object | None,
    door: Door,
    since: datetime.date | None = None,
) -> NetworkMember:
    """Write down that the enterprise belongs to the network. Raises NetworkRefused if it does."""
    _lock(organization)
    if network.members.filter(organization=organization).exists():
        raise NetworkRefused(_("It is a member already."))
    member = NetworkMember.objects.create(network=network, organization=organization, since=since)
    _record(network, organization, RevisionKind.JOINED, by, door)
    return member


@transaction.atomic
def leave(network: Network, organization: Organization, *, by: object | None, door: Door) -> None:
    """Write down that the enterprise has left the network. Raises NetworkRefused if it was not in."""
    _lock(organization)
    gone, _rows = network.members.filter(organization=organization).delete()
    if not gone:
        raise NetworkRefused(_("It is no member."))
    _record(network, organization, RevisionKind.LEFT, by, door)


@transaction.atomic
def approve(
    network: Network,
    organization: Organization,
    *,
    by: object | None,
    door: Door,
    on: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    note: str = "",
) -> NetworkApproval:
    """Put the network's badge on a listing; an approval before it gives way to the new one.

    Raises NetworkRefused while the network has not published its method.
    """
    _lock(organization)
    if not network.is_published:
        raise NetworkRefused(_("A network approves listings once its method is on the site."))
    on = on or timezone.localdate()
    if valid_until and valid_until < on:
        raise NetworkRefused(_("It cannot stop holding before it was given."))
    network.approvals.filter(organization=organization, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    approval = NetworkApproval.objects.create(
        network=network,
        organization=organization,
        approved_on=on,
        valid_until=valid_until,
        by=by,
        note=note[:300],
    )
    _record(network, organization, RevisionKind.APPROVED, by, door)
    return approval


@transaction.atomic
def take_back_approval(
    approval: NetworkApproval, *, by: object | None, door: Door, reason: str = ""
) -> None:
    """Take the badge off. Raises NetworkRefused if it was taken off before."""
    organization = Organization.objects.select_for_update().get(pk=approval.organization_id)
    approval.refresh_from_db()
    if approval.withdrawn_at is not None:
        raise NetworkRefused(_("This approval was taken back already."))
    approval.withdrawn_at = timezone.now()
    approval.save(update_fields=["withdrawn_at"])
    _record(approval.network, organization, RevisionKind.UNAPPROVED, by, door, reason)


def _lock(organization: Organization) -> None:
    organization.refresh_from_db(from_queryset=Organization.objects.select_for_update())
    if organization.is_merged:
        raise NetworkRefused(_("It was merged into another listing."))


def _record(
    network: Network,
    organization: Organization,
    kind: RevisionKind,
    by: object | None,
    door: Door,
    reason: str = "",
) -> None:
    why = ": ".join(filter(None, [network.name, reason]))
    record(organization, kind=kind, changeset=open_changeset(by=by, door=door, reason=why))

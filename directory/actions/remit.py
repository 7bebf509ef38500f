"""What a person answers for: the listings of their networks, and what is their own."""

from functools import cached_property

from django.db.models import Q, QuerySet

from accounts.models import User
from directory.models import (
    Network,
    Organization,
    Proposal,
    Spokesperson,
    cared_for,
    cared_for_once_listed,
)


class Remit:
    """What one person answers for. Pages that ask many times make one and hand it on: the networks
    are looked up once, when they are first needed."""

    def __init__(self, person: User) -> None:
        self.person = person

    @cached_property
    def networks(self) -> list[Network] | None:
        """Those that the person edits for, with their remits; None where there is none at all."""
        if not Network.objects.exists():
            return None
        return list(Network.objects.edited_by(self.person).with_remit())

    def within(self, organizations: QuerySet) -> QuerySet:
        """Those of the listings that `covers` says yes to, in a fixed number of queries."""
        if self.networks is None:
            return organizations
        return organizations.filter(cared_for(self.networks))

    def proposals_within(self, proposals: QuerySet) -> QuerySet:
        """Those of the proposals that `covers_proposal` says yes to."""
        if self.networks is None:
            return proposals
        listed = Organization.objects.filter(cared_for(self.networks)).values("pk")
        is_new = Q(organization__isnull=True) & cared_for_once_listed(self.networks)
        return proposals.filter(Q(organization__in=listed) | is_new)


def covers(person: User, organization: Organization | None) -> bool:
    """Whether the listing lies in the area and among the types that this editor cares for.

    Editors act within the remits of their networks. Where the directory has no network at all,
    every editor cares for everything: a small directory with one editor just works.
    """
    if not Network.objects.exists():
        return True
    if organization is None:
        return False
    return Remit(person).within(Organization.objects.filter(pk=organization.pk)).exists()


def covers_proposal(person: User, proposal: Proposal) -> bool:
    """Whether this editor cares for what a proposal is about: a listing, or one that would be."""
    return Remit(person).proposals_within(Proposal.objects.filter(pk=proposal.pk)).exists()


def edits(person: User, network: Network) -> bool:
    """Whether this person is an editor of the network."""
    return network.editors.filter(pk=person.pk).exists()


def speaks_for(person: User, organization: Organization) -> bool:
    """Whether this person speaks for the enterprise that is listed."""
    return (
        Spokesperson.objects.standing()
        .filter(person=person, organization_id=organization.pk)
        .exists()
    )


def spoken_for(person: User, organizations: QuerySet) -> QuerySet:
    """Those of the listings that `speaks_for` says yes to."""
    spoken = Spokesperson.objects.standing().filter(person=person)
    return organizations.filter(pk__in=spoken.values("organization"))

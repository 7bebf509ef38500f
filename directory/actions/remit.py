"""What a person answers for: the listings of their networks, and what is their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

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

_asked: ContextVar[dict[int, list[Network] | None] | None] = ContextVar("asked", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, what a person answers for is looked up once: for pages that ask many times."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def covers(person: User, organization: Organization | None) -> bool:
    """Whether the listing lies in the area and among the types that this editor cares for.

    Editors act within the remits of their networks. Where the directory has no network at all,
    every editor cares for everything: a small directory with one editor just works.
    """
    if not Network.objects.exists():
        return True
    if organization is None:
        return False
    return within(person, Organization.objects.filter(pk=organization.pk)).exists()


def covers_proposal(person: User, proposal: Proposal) -> bool:
    """Whether this editor cares for what a proposal is about: a listing, or one that would be."""
    return proposals_within(person, Proposal.objects.filter(pk=proposal.pk)).exists()


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


def within(person: User, organizations: QuerySet) -> QuerySet:
    """Those of the listings that `covers` says yes to, in a fixed number of queries."""
    networks = _networks_of(person)
    return organizations if networks is None else organizations.filter(cared_for(networks))


def proposals_within(person: User, proposals: QuerySet) -> QuerySet:
    """Those of the proposals that `covers_proposal` says yes to."""
    networks = _networks_of(person)
    if networks is None:
        return proposals
    listed = Organization.objects.filter(cared_for(networks)).values("pk")
    is_new = Q(organization__isnull=True) & cared_for_once_listed(networks)
    return proposals.filter(Q(organization__in=listed) | is_new)


def spoken_for(person: User, organizations: QuerySet) -> QuerySet:
    """Those of the listings that `speaks_for` says yes to."""
    spoken = Spokesperson.objects.standing().filter(person=person)
    return organizations.filter(pk__in=spoken.values("organization"))


def _networks_of(person: User) -> list[Network] | None:
    """The networks that somebody edits for, with their remits; None where there is none at all."""
    asked = _asked.get()
    if asked is not None and person.pk in asked:
        return asked[person.pk]
    found = None
    if Network.objects.exists():
        found = list(Network.objects.edited_by(person).with_remit())
    if asked is not None:
        asked[person.pk] = found
    return found

"""What a person answers for: the listings of their networks, and what is their own."""

from django.db.models import QuerySet

from accounts.models import User
from directory.models import Network, Organization, Spokesperson, cared_for


def covers(person: User, organization: Organization | None) -> bool:
    """Whether the listing lies in the area and among the types that this editor cares for.

    Editors act within the remits of their networks. Where the directory has no network at all,
    every editor cares for everything: a small directory with one editor just works. What belongs
    to no listing yet (`None`) is for every editor who has a network, or where there is none.
    """
    if not Network.objects.exists():
        return True
    if organization is None:
        return Network.objects.edited_by(person).exists()
    return within(person, Organization.objects.filter(pk=organization.pk)).exists()


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
    if not Network.objects.exists():
        return organizations
    networks = Network.objects.edited_by(person).with_remit()
    return organizations.filter(cared_for(networks))


def spoken_for(person: User, organizations: QuerySet) -> QuerySet:
    """Those of the listings that `speaks_for` says yes to."""
    spoken = Spokesperson.objects.standing().filter(person=person)
    return organizations.filter(pk__in=spoken.values("organization"))

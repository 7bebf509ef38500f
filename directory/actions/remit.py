"""What a person answers for: the listings of their networks, and what is their own."""

from django.db.models import QuerySet

from accounts.models import User
from directory.models import Organization


def covers(person: User, organization: Organization | None) -> bool:
    """Whether the listing lies in the area and among the types that this editor cares for.

    Editors act within the remits of their networks. Where the directory has no network at all,
    every editor cares for everything: a small directory with one editor just works. So far there
    are no networks, hence the answer; `None` stands for what belongs to no listing yet.
    """
    return True


def speaks_for(person: User, organization: Organization) -> bool:
    """Whether this person speaks for the enterprise that is listed.

    So far no listing can be claimed, hence the answer.
    """
    return False


def within(person: User, organizations: QuerySet) -> QuerySet:
    """Those of the listings that `covers` says yes to, in the same number of queries."""
    return organizations


def spoken_for(person: User, organizations: QuerySet) -> QuerySet:
    """Those of the listings that `speaks_for` says yes to, in the same number of queries."""
    return organizations.none()

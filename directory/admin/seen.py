"""The names of listings, as far as whoever looks may read their drafts and private details."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import User
from directory.actions import policies
from directory.actions.policies import Action
from directory.models import Organization, Revision

NAMED_MOST = 3
# The first changes that are read to name some listings: to add and to publish one are two changes.
CHANGES_READ = 2 * NAMED_MOST


@dataclass(frozen=True)
class Named:
    """The first listings of a changeset by row id and name, and how many more there are."""

    listings: list[tuple[int, str]]
    more: int


def seen_by(person: User, keys: Collection[int]) -> dict[int, str]:
    """The names of those listings whose drafts and private details a person may read."""
    rows = Organization.objects.filter(pk__in=keys)
    seen = policies.scope(person, Action.ORGANIZATION_READ_HIDDEN, rows)
    return dict(seen.values_list("pk", "name"))


def listings_of(changesets: Iterable[int], person: User) -> dict[int, Named]:
    """The first listings that each of these changed, in a fixed number of queries.

    What was changed together has numbers in a row in the log, so that the first few are found
    without reading all that an import changed.
    """
    sizes = Revision.objects.sizes(changesets)
    if not sizes:
        return {}
    ranges = [(first, first + CHANGES_READ - 1) for first, _count in sizes.values()]
    first_changes = reduce(or_, (Q(sequence__range=each) for each in ranges))
    rows = Revision.objects.filter(first_changes, changeset__in=sizes).order_by("sequence")
    found: dict[int, dict[int, None]] = {key: {} for key in sizes}
    for changeset, organization in rows.values_list("changeset", "organization"):
        found[changeset][organization] = None
    names = seen_by(person, {key for keys in found.values() for key in keys})
    return {key: _named(found[key], names, count) for key, (_first, count) in sizes.items()}


def _named(keys: Iterable[int], names: dict[int, str], count: int) -> Named:
    listings = [(key, names[key]) for key in keys if key in names][:NAMED_MOST]
    return Named(listings, count - len(listings))

"""How complete listings are, and which want to be put right: questions for editors.

Each takes the listings it is about as a QuerySet, so that an editor is asked about their own alone.
"""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from directory.models import Claim, Finding, LinkCheck, Location, Scheme, SourceRecord
from directory.models.finding import LACKS
from directory.models.organization import OrganizationQuerySet

DEAD_LINK, STALE = "dead_link", "stale"  # Known without looking: beside the kinds of findings.
GROUPINGS = ("type", "region", "source")


@dataclass(frozen=True)
class Group:
    """Listings that have something in common, and how much of what could be said of them is said."""

    code: str
    listings: int
    share: float  # From 0 to 1, in the mean.


def counted(organizations: OrganizationQuerySet) -> dict[str, int]:
    """How many of the listings there are of each kind of finding, dead links and stale ones too."""
    return Finding.objects.filter(organization__in=organizations).counted() | {
        DEAD_LINK: _dead_links(organizations).count(),
        STALE: organizations.marked_stale().count(),
    }


def to_work_through(organizations: OrganizationQuerySet, kind: str) -> QuerySet:
    """Row ids of the listings of a kind, in the order to go through them.

    Those who share the same thing come one after the other; who is stale longest comes first.
    """
    if kind == STALE:
        return organizations.marked_stale().values_list("pk", flat=True)
    if kind == DEAD_LINK:
        rows = _dead_links(organizations).order_by("flagged_at", "pk")
    else:
        rows = Finding.objects.filter(kind=kind, organization__in=organizations)
        rows = rows.order_by("mark", "organization_id")
    return rows.values_list("organization_id", flat=True)


def grouped(organizations: OrganizationQuerySet, by: str) -> list[Group]:
    """The listings by their types, regions or sources: the largest groups first.

    One that is in several towns of a region counts for it as often.
    """
    rows, code = _rows_of(by)
    own = Finding.objects.lacks().filter(organization=OuterRef("organization")).order_by()
    missing = Subquery(own.values("organization").annotate(count=Count("pk")).values("count"))
    told = rows.filter(organization__in=organizations).order_by().values_list(code)
    counts = told.annotate(
        listings=Count("organization", distinct=True),
        times=Count("pk"),
        lacking=Sum(Coalesce(missing, 0)),
    )
    found: dict[str, list[int]] = {}
    for each, *numbers in counts:
        group = "/".join(each.split("/")[:2]) if by == "region" else each
        before = found.get(group, [0, 0, 0])
        found[group] = [a + b for a, b in zip(before, numbers, strict=True)]
    groups = [
        Group(each, listings, 1.0 - lacking / (times * len(LACKS)))
        for each, (listings, times, lacking) in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.listings, group.code))


def narrowed(organizations: OrganizationQuerySet, by: str, code: str) -> OrganizationQuerySet:
    """Those of one type, region or source."""
    if by == "region":
        return organizations.located_in(code)
    rows, column = _rows_of(by)
    return organizations.filter(pk__in=rows.filter(**{column: code}).values("organization"))


def _rows_of(by: str) -> tuple[QuerySet, str]:
    """The rows that put listings into groups, and their column with the code of the group."""
    if by == "type":
        return Claim.objects.filter(term__scheme=Scheme.TYPE), "term__code"
    if by == "region":
        return Location.objects.exclude(place=None), "place__path"
    return SourceRecord.objects.all(), "source__code"


def _dead_links(organizations: OrganizationQuerySet) -> QuerySet:
    return LinkCheck.objects.flagged().filter(organization__in=organizations)

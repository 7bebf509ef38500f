"""Words of the quality view: names of groups, and what makes a listing stand in a list."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models import FindingKind, Organization, Place, Source, vocabulary
from directory.search.quality import STALE


def group_labels(by: str, codes: Iterable[str]) -> dict[str, str]:
    """What types, regions or sources are called, by their codes; those that exist."""
    codes = [*codes]
    if by == "type":
        terms = vocabulary()
        return {code: term.label for code in codes if (term := terms.get("type", code))}
    if by == "region":
        places = Place.objects.filter(path__in=codes).with_parents()
        return {
            place.path: f"{place.name}, {place.parent.name}" if place.parent else place.name
            for place in places
        }
    return dict(Source.objects.filter(code__in=codes).values_list("code", "name"))


def reason(organization: Organization, kind: str) -> str:
    """What the listing says that wants a look; "" where something is missing."""
    match kind:
        case FindingKind.SITE_SHARED | "dead_link":
            return organization.website
        case FindingKind.EMAIL_SHARED:
            return organization.email
        case FindingKind.FOUNDED_IN_FUTURE | FindingKind.CLOSED_TOO_EARLY:
            told = {"founded": organization.founded, "closed": organization.closed or "–"}
            return _("Founded %(founded)s, closed %(closed)s") % told
        case FindingKind.OUTSIDE_COUNTRY | FindingKind.POINT_SHARED:
            return "; ".join(
                f"{row.latitude:g}, {row.longitude:g} ({row.country})"
                for row in organization.locations.all()
                if row.latitude is not None
            )
        case _ if kind == STALE and organization.stale_since:
            since = date_format(organization.stale_since)
            return _("Wants a new look since %(day)s") % {"day": since}
    return ""

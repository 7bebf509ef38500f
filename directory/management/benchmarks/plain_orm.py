"""What people write first: Django's ORM with joins, `icontains` and a Count for each facet.

It answers the same page: how many, twenty of them, counts beside every facet value with the
facet's own choice left out, and counts by cells of the map.
"""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Floor

from directory.management.benchmarks.asking import Asked, around
from directory.models import Organization, vocabulary
from directory.search.query import Box, Query

NAME = "orm"
TERM_FACETS = ("type", "value", "sector")
COLUMNS = {
    "place": "locations__country",
    "verification": "verification",
    "language": "language",
    "source": "source_records__source__code",
    "lifecycle": "lifecycle",
}
TEXTS = ("name", "legal_name", "summary", "description")


def answer(asked: Asked) -> Any:
    """One page with all its counts."""
    if asked.typed:
        rows = Organization.objects.published().filter(name__icontains=asked.typed)
        return list(rows.order_by("name").values_list("name", flat=True)[:8])
    query = asked.query
    found = matching(query)
    total = found.count()
    start = (query.page - 1) * query.page_size
    page = list(found.order_by("name", "pk")[start : start + query.page_size])
    facets = {facet: counts(query, facet) for facet in (*TERM_FACETS, *COLUMNS)}
    return total, page, facets, clusters(found, asked)


def matching(query: Query, *, without: str = "") -> QuerySet:
    """Listings that meet the conditions, each once."""
    rows = Organization.objects.published()
    for word in query.words.split():
        said = Q(claims__term__labels__icontains=word)
        for column in TEXTS:
            said |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(said)
    for facet, choice in query.facets.items():
        if facet != without and choice.include:
            rows = rows.filter(claims__term__in=terms(facet, choice.include))
    for box in boxes(query):
        rows = rows.filter(inside(box))
    return rows.distinct()


def terms(scheme: str, codes: tuple[str, ...]) -> list[int]:
    """Row ids of terms and of all that are narrower."""
    known = vocabulary()
    found = [known.terms[scheme, code] for code in codes]
    return [term.pk for top in found for term in [top, *known.descendants(top)]]


def boxes(query: Query) -> list[Box]:
    """The box asked for, and the one around a circle: without a library that is as near as it gets."""
    found = [query.box] if query.box else []
    return [*found, around(query.near, query.radius_km)] if query.near else found


def inside(box: Box) -> Q:
    """That a location lies in a box."""
    east_of = Q(locations__longitude__gte=box.west)
    west_of = Q(locations__longitude__lte=box.east)
    columns = east_of & west_of if box.west <= box.east else east_of | west_of
    return columns & Q(locations__latitude__range=(box.south, box.north))


def counts(query: Query, facet: str) -> list:
    """Listings for each value of a facet."""
    rows = Organization.objects.filter(pk__in=matching(query, without=facet).values("pk"))
    column = COLUMNS.get(facet, "claims__term__code")
    if facet in TERM_FACETS:
        rows = rows.filter(claims__term__scheme=facet)
    return list(rows.order_by().values_list(column).annotate(Count("pk", distinct=True)))


def clusters(found: QuerySet, asked: Asked) -> list:
    """Listings by the cells of a grid that has about sixteen columns in the view."""
    size = max(((asked.view.east - asked.view.west) % 360.0 or 360.0) / 16, 0.001)
    rows = Organization.objects.filter(pk__in=found.values("pk")).filter(inside(asked.view))
    cells = rows.annotate(
        column=Floor(F("locations__longitude") / size), row=Floor(F("locations__latitude") / size)
    )
    return list(cells.order_by().values_list("column", "row").annotate(Count("pk")))

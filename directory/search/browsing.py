"""Listings by plain rows, while there is no index to search in: by name, narrowed by terms and networks only."""

from directory.models import CLAIMABLE_SCHEMES, Organization, Vocabulary, vocabulary
from directory.models.organization import OrganizationQuerySet
from directory.search.query import Advice, Choice, Found, Hit, Query


def browse(query: Query) -> Found:
    """One page of the listings that have the terms and networks chosen; nothing is counted.

    Words, places and the other conditions of the query are left aside: `total` is that of the
    page, and `pages` is one more than its number if there are more.
    """
    # The address word is made of the name, and is in an index of the database.
    rows = chosen(query.facets).order_by("slug")
    first = (query.page - 1) * query.page_size
    ids = [*rows.values_list("pk", flat=True)[first : first + query.page_size + 1]]
    hits = tuple(Hit(pk) for pk in ids[: query.page_size])
    return Found(
        total=len(hits),
        hits=hits,
        facets={},
        advice=Advice(),
        sequence=0,
        sort="name",
        pages=query.page + (len(ids) > len(hits)),
        is_counted=False,
    )


def chosen(facets: dict[str, Choice]) -> OrganizationQuerySet:
    """The published listings that have the terms and networks included and none of those excluded."""
    terms, rows = vocabulary(), Organization.objects.published()
    for scheme in CLAIMABLE_SCHEMES:
        choice = facets.get(scheme, Choice())
        if choice.include:
            rows = rows.claiming(_with_narrower(terms, scheme, choice.include))
        if choice.exclude:
            without = Organization.objects.claiming(_with_narrower(terms, scheme, choice.exclude))
            rows = rows.exclude(pk__in=without.values("pk"))
    choice = facets.get("network", Choice())
    if choice.include:
        rows = rows.in_networks(choice.include)
    if choice.exclude:
        without = Organization.objects.in_networks(choice.exclude)
        rows = rows.exclude(pk__in=without.values("pk"))
    return rows


def _with_narrower(terms: Vocabulary, scheme: str, codes: tuple[str, ...]) -> list[int]:
    """Row ids of terms and of all below them; of those that exist."""
    found = [term for code in codes if (term := terms.get(scheme, code))]
    return [one.pk for term in found for one in [term, *terms.descendants(term)]]

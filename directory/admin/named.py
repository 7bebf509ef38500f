"""Which listing somebody means who pastes its address, its permanent id or its address word."""

from collections.abc import Collection

from django.db.models import Q

from directory.models import FormerSlug

LONGEST = 100  # Of an address word.


def word_of(text: str) -> str:
    """The address word or permanent id in what was pasted: of any page of the listing, or as it is."""
    path = text.partition("?")[0].partition("#")[0].rstrip("/")
    steps = path.split("/")
    if "organizations" in steps[:-1]:
        return steps[steps.index("organizations") + 1][:LONGEST]
    return steps[-1][:LONGEST]


def named_by(words: Collection[str]) -> Q:
    """The listings that have one of these address words, now or formerly, or permanent ids.

    Asks the database for the former words.
    """
    slugs = [word.lower() for word in words]
    ids = [word.upper() for word in words]
    # Keys, no join and no subquery: with those, one of the databases reads every listing.
    former = FormerSlug.objects.filter(slug__in=slugs).values_list("organization", flat=True)
    return Q(slug__in=slugs) | Q(uid__in=ids) | Q(pk__in=[*former])

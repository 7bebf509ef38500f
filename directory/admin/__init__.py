"""The editors' door: lists, forms and buttons over the actions.

Listings are written by the actions alone, so that every change of one is in the log. Terms, sources
and accounts are what listings refer to, not listings: the admin itself writes them, Django's own
record of the admin says who did, and search sees a changed term by the version of the vocabulary.
"""

from directory.admin import (
    exclusions,
    gaps,
    imports,
    log,
    machinery,
    networks,
    organizations,
    people,
    places,
    proposals,
    quality,
    sources,
    terms,
)

__all__ = [
    "exclusions",
    "gaps",
    "imports",
    "log",
    "machinery",
    "networks",
    "organizations",
    "people",
    "places",
    "proposals",
    "quality",
    "sources",
    "terms",
]

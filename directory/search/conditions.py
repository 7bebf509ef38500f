"""The conditions of a query, each as the listings that meet it."""

import datetime
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from django.utils import timezone
from pyroaring import BitMap

from directory.search.columns import EPOCH
from directory.search.entries import ANY_TERM
from directory.search.facet_rows import KIND_OF_FACET
from directory.search.index import Index
from directory.search.keeping import CONDITIONS, kept
from directory.search.nearby import Nearby, in_box, nearby, serving_place
from directory.search.opening import open_now
from directory.search.query import Choice, Query
from directory.search.quoted import with_quotations
from directory.search.retrieval import Match, retrieve
from directory.search.tables import bitmap_of

TERM_FACETS = ("type", "value", "sector")


@dataclass
class Conditions:
    """What narrows a search: parameter → listings; `match` and `near` tell more about two."""

    index: Index
    query: Query
    parts: dict[str, BitMap] = field(default_factory=dict)
    match: Match | None = None
    near: Nearby | None = None
    _together: dict[tuple[str, ...], BitMap] = field(default_factory=dict)

    def all(self, *without: str) -> BitMap:
        """Listings that meet every condition, those by these parameters left out.

        Shared: never change it.
        """
        names = tuple(name for name in self.parts if name not in without)
        if not names:
            return self.index.live
        if names not in self._together:
            parts = sorted((self.parts[name] for name in names), key=len)
            self._together[names] = BitMap.intersection(self.index.live, *parts)
        return self._together[names]


def conditions_of(index: Index, query: Query) -> Conditions:
    """Every condition of a query, as it was evaluated a moment ago for its page or its map."""
    key = (repr(replace(query, page=1, page_size=1, sort="")),)
    found = kept(index, CONDITIONS, key, partial(_evaluated, index, query))
    return replace(found, query=query)


def _evaluated(index: Index, query: Query) -> Conditions:
    found = Conditions(index, query)
    if query.words:
        found.match = retrieve(index, query.words)
        found.parts["q"] = found.match.documents
    for facet, choice in query.facets.items():
        if choice:
            found.parts[facet] = chosen(index, facet, choice, query)
    if query.near:
        found.near = nearby(index, query.near, query.radius_km)
        found.parts["near"] = found.near.all
    if query.box:
        found.parts["bbox"] = in_box(index, query.box)
    if query.serves:
        found.parts["serves"] = serving_place(index, query.serves)
    if query.confirmed_after:
        found.parts["confirmed_after"] = _confirmed_after(index, query.confirmed_after)
    if query.open_now:
        found.parts["open_now"] = open_now(index, timezone.now())
    if query.verified_only:
        found.parts["verified_only"] = verified(index, query)
    if found.match:  # Last: where texts must be read, they are of those that meet the rest.
        found.match = with_quotations(index, found.match, found.all("q"))
        found.parts["q"] = found.match.documents
    return found


def chosen(index: Index, facet: str, choice: Choice, query: Query) -> BitMap:
    """Listings with any of the included values and none of the excluded ones."""
    found = index.live
    if choice.include:
        found = BitMap.union(*(having(index, facet, code) for code in choice.include))
    for code in choice.exclude:
        found = found - having(index, facet, code)
    return found & index.live


def having(index: Index, facet: str, code: str) -> BitMap:
    """Listings that have a value of a facet, or a narrower one."""
    return index.postings.get(KIND_OF_FACET.get(facet, facet), code)


def checked(index: Index, scheme: str, code: str, today: datetime.date) -> BitMap:
    """Listings whose claim to a term somebody checked, as long as that holds.

    `scheme` and `code` empty: listings of which anything at all is checked.
    """
    found = index.postings.get(f"checked {scheme}".strip(), code)
    expired = index.expiring.expired((scheme, code), today.toordinal())
    return found - expired if expired else found


def verified(index: Index, query: Query, *, without: str = "") -> BitMap:
    """Checked by someone else: the claims to the terms chosen; where none is, anything.

    `without`: a facet whose choice does not count.
    """
    today = timezone.localdate()
    found = checked(index, *ANY_TERM, today)
    for facet in TERM_FACETS:
        choice = query.facets.get(facet)
        if choice and choice.include and facet != without:
            found = found & BitMap.union(
                *(checked(index, facet, code, today) for code in choice.include)
            )
    return found


def _confirmed_after(index: Index, day: datetime.date) -> BitMap:
    """Listings confirmed on that day or later."""
    confirmed = index.rows["confirmed_on"] >= max(day.toordinal() - EPOCH, 1)
    return bitmap_of(np.flatnonzero(confirmed)) & index.live

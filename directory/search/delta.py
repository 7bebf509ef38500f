"""Bringing an index up to date with listings that changed since it was built."""

import datetime
from collections.abc import Iterable

import numpy as np
from django.utils import timezone

from directory.search.columns import circle_row, point_row, row_of
from directory.search.entries import (
    checked_until,
    entries_of,
    field_words,
    key_number,
    keys_of,
)
from directory.search.index import Index
from directory.search.listings import Listing
from directory.search.morton import codes_of


def apply(index: Index, changed: Iterable[int], listings: Iterable[Listing]) -> None:
    """Take the changed listings (row ids) out, and enter those of them that are published now."""
    lengths = index.rows["name_length"]
    name_words = round(index.average_name_length * len(index.live))
    for number in index.numbers_of(changed):
        if number in index.live:
            index.live.discard(number)
            name_words -= int(lengths[number])
    today = timezone.localdate()
    for listing in listings:
        number = _enter(index, listing, today)
        name_words += int(index.rows["name_length"][number])
        index.changes += 1
    if index.live:
        index.average_name_length = name_words / len(index.live)
    index.cache.clear()


def _enter(index: Index, listing: Listing, today: datetime.date) -> int:
    """Enter one listing and return its number."""
    number = index.rows.append(**row_of(listing, 0.0, today))
    index.name_order.enter(number, listing.name)
    index.append_name(listing.name)
    index.slugs.append(listing.slug)
    entries = {*entries_of(listing, index.phrases)}
    for kind, value in entries:
        index.postings.add(kind, value, number)
    index.facet_rows.append(entries)
    for key in keys_of(listing):
        index.keys.append(number=key_number(key), document=number)
    _enter_words(index, listing, number)
    spots = [spot for spot in listing.spots if spot.latitude is not None]
    for spot in spots:
        code = codes_of(np.array([spot.latitude]), np.array([spot.longitude]))[0]
        row = point_row(spot, number, is_branch=len(spots) > 1)
        index.points.append(**row | {"code": code})
    for area in listing.areas:
        if area.kind == "radius":
            index.circles.append(**circle_row(area, number))
    for key, until in checked_until(listing, index.phrases).items():
        if until != datetime.date.max:
            index.expiring.add(key, number, until.toordinal())
    index.live.add(number)
    return number


def _enter_words(index: Index, listing: Listing, number: int) -> None:
    paths = {spot.path for spot in listing.spots} | {area.path for area in listing.areas}
    index.gazetteer.load_facts(paths - {""})
    words = field_words(listing)
    for path in paths:
        words["place"] |= index.gazetteer.words(path)
    words["term"] = {word for key in listing.claims for word in index.phrases.term_words(key)}
    for kind, found in words.items():
        for word in found:
            index.postings.add(kind, word, number)
        index.lexicon.add(found)

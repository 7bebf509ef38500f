"""Under which keys a listing is entered in the index. One place for the base and for changes.

Words of terms and places are not among them: `building` derives them for all listings at once,
`delta` adds them for one.
"""

import datetime
import re
from collections.abc import Iterator
from hashlib import blake2b

from django.utils import timezone

from directory.models import VerificationLevel
from directory.models.confirmation import is_stale
from directory.search.addresses import website_key
from directory.search.gazetteer import ancestor_paths
from directory.search.listings import Listing
from directory.search.phrases import Phrases
from directory.search.words import all_words, words_of

# Fields of words, as in query.Reason. "term" is not written in the listing: it holds the labels and
# synonyms, in every language, of the terms that the listing carries.
FIELDS = ("name", "other_name", "place", "text", "term")
OWN_FIELDS = FIELDS[:4]
LENGTHS = ("1", "3", "4", "5")  # Names of up to two, three, four, and more words.
ANY_TERM = ("", "")
CHECKED_FROM = VerificationLevel.EDITOR_CHECKED


def field_words(listing: Listing) -> dict[str, set[str]]:
    """Words of each field, without those of terms and gazetteer places."""
    return {
        "name": all_words((listing.name,)),
        "other_name": all_words(tuple(listing.other_names)),
        "place": all_words(tuple(word for spot in listing.spots for word in spot.words)),
        "text": all_words(tuple(listing.texts)),
    }


def entries_of(listing: Listing, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """(kind, value) pairs of everything that filters and facets ask for."""
    for code in listing.languages:
        yield "language", code
    for code in listing.sources:
        yield "source", code
    for code in listing.networks:
        yield "network", code
    yield "lifecycle", listing.lifecycle
    yield "verification", VerificationLevel(listing.verification).code
    yield from _terms(listing, phrases)
    yield from _places(listing)
    length = len(words_of(listing.name))
    yield "length", LENGTHS[min(max(length - 2, 0), 3)]


def _terms(listing: Listing, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield from {above for key in listing.claims for above in phrases.with_ancestors(key)}
    for scheme, code in checked_until(listing, phrases):
        yield f"checked {scheme}".strip(), code


def checked_until(listing: Listing, phrases: Phrases) -> dict[tuple[str, str], datetime.date]:
    """Terms that somebody checked, each with the last day on which that holds.

    Broader terms are checked with the narrower ones. ("", "") stands for the listing as a whole:
    checked until the log says that its check has grown old, or as long as any of its claims is.
    """
    found: dict[tuple[str, str], datetime.date] = {}
    if listing.verification >= CHECKED_FROM and not _has_grown_old(listing):
        found[ANY_TERM] = datetime.date.max
    for key, until in listing.claims.items():
        if until is not None:
            for above in [ANY_TERM, *phrases.with_ancestors(key)]:
                found[above] = max(until, found.get(above, until))
    return found


def _has_grown_old(listing: Listing) -> bool:
    """Whether its check wants a new look today; `actions.ageing` logs the day it does."""
    day = listing.verified_on
    return day is not None and is_stale(listing.verification, day, timezone.localdate())


def _places(listing: Listing) -> Iterator[tuple[str, str]]:
    located = {above for spot in listing.spots for above in ancestor_paths(spot.path)}
    served = {above for area in listing.areas for above in ancestor_paths(area.path)}
    for path in located:
        yield "located", path
    for path in located | served:
        yield "around", path  # Found by the names of these places.
    for spot in listing.spots:
        if spot.hours and spot.timezone:
            yield "hours", f"{spot.timezone}|{spot.country}|{spot.hours}"
    if any(spot.latitude is not None for spot in listing.spots):
        yield "point", ""
    for area in listing.areas:
        if area.kind == "online":
            yield "online", ""
        elif area.path:
            yield "serves", area.path


def keys_of(listing: Listing) -> set[str]:
    """Exact keys: the permanent id, register numbers with and without list code, the website."""
    keys = {key_of(listing.uid)}
    for scheme, value in listing.identifiers:
        keys |= {key_of(value), key_of(scheme + value)}
    return (keys | {website_key(listing.website)}) - {""}


def key_number(key: str) -> int:
    """64 bits that stand for a key, so that a million keys are a column and not a dictionary."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def key_of(text: str) -> str:
    """A number as it is compared: `12-3456789` → 123456789."""
    return re.sub(r"[^0-9A-Z]", "", text.upper()) if text.isascii() else ""

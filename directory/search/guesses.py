"""What a word may be that nobody has as it was typed: joined, split, cut short, mistyped.

Each with a trust (RANKING.md 1.3, ADR 27).
"""

from dataclasses import replace

from directory.search.entries import FIELDS
from directory.search.index import Index
from directory.search.spelling import spellings_of
from directory.search.variants import Variant, all_of, any_of, spoken_endings, telling
from directory.search.words import has_digit

JOINED, SPLIT, PREFIX = 0.93, 0.85, 0.6
EDITS = {1: 0.7, 2: 0.45}
HARDLY_KNOWN_DISCOUNT = 0.6  # An edit of a word that the index has itself.
PREFIXES_READ, PREFIXES_MAX = 200, 40  # Words that begin so: looked at, and taken.
NAME_FIELDS = 2  # The first of FIELDS: what a listing is called.
NEARLY_WHOLE = 0.7  # Of the letters of a word that is not of a name.
# Letters of a word that is split: any two letters and two more are words somewhere.
SPLIT_FROM = 5
SPLITS_MAX = 2


def prefix_variants(index: Index, word: str) -> list[Variant]:
    """Words that begin like the last word, which may be half typed.

    Names are typed and then cut short; of other words only the end may be missing: who looks for a
    mechanic does not ask for Mechanicsville.
    """
    if len(word) < 2 or has_digit(word):
        return []
    words = index.lexicon.beginning_with(word, PREFIXES_READ)
    nearly = {other for other in words if len(word) >= NEARLY_WHOLE * len(other)}
    words = [other for other in words if other in nearly or _names_anybody(index, other)]
    words = words[:PREFIXES_MAX]
    in_names = any_of(index, "prefix", PREFIX, words)
    elsewhere = any_of(index, "prefix", PREFIX, [other for other in words if other in nearly])
    by_field = (*in_names.by_field[:NAME_FIELDS], *elsewhere.by_field[NAME_FIELDS:])
    return [replace(in_names, by_field=by_field)]


def _names_anybody(index: Index, word: str) -> bool:
    return any(index.postings.has(field, word) for field in FIELDS[:NAME_FIELDS])


def joined_variant(index: Index, first: str, second: str) -> list[Variant]:
    """Two neighbours as one word: `uni on` → union."""
    joined = first + second
    if joined not in index.lexicon:
        return []
    variant = any_of(index, "joined", JOINED, [joined, *index.lexicon.stem_class(joined)])
    variant.covers = 2
    return [variant]


def split_variants(index: Index, word: str) -> list[Variant]:
    """One word as two: `foodcoop` → food coop; the cuts that most names have."""
    if word.isdigit() or len(word) < SPLIT_FROM:
        return []
    cuts = [
        halves
        for cut in range(2, len(word) - 1)
        if telling(halves := (word[:cut], word[cut:]))
        and all(half in index.lexicon for half in halves)
    ]
    found = [all_of(index, "split", SPLIT, cut) for cut in cuts]
    found = [variant for variant in found if variant.listings]
    found.sort(key=lambda v: (-len(v.by_field[0]), -len(v.by_field[1]), v.words))
    return found[:SPLITS_MAX]


def edit_variants(index: Index, word: str, *, is_known: bool) -> list[Variant]:
    """Words of nearly the same letters, the first in any ending."""
    similar = spellings_of(index, word)
    if not similar:
        return []
    (likeliest, edits), *_others = similar
    trust = EDITS[edits] * (HARDLY_KNOWN_DISCOUNT if is_known else 1.0)
    words = [*(other for other, _edits in similar), *spoken_endings(index, likeliest)]
    return [any_of(index, "edit", trust, telling(words))]

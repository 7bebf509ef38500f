"""Completions while typing: names of listings, terms and places."""

from bisect import bisect_left

import numpy as np
from pyroaring import BitMap

from directory.models import Claim, Place, PlaceKind, Scheme, in_language
from directory.search.index import Index
from directory.search.lexicon import LAST_LETTER
from directory.search.names import country_name
from directory.search.places import places_beginning
from directory.search.query import Suggestion
from directory.search.sorting import by_static
from directory.search.words import fold, words_of

WORDS_MAX = 50  # Words that a beginning may stand for.
LOOKED_AT = 2_000  # Names that begin so, of which the best known are taken.
BEGINNING_MIN = 3  # Letters from which words inside of names are completed in the lexicon.
COMPARED = 200  # Names with all other words that are compared with fewer letters.


def suggestions(
    index: Index, text: str, language: str, limit: int, kinds: tuple[str, ...]
) -> list[Suggestion]:
    """Up to `limit` completions, kinds in the order given, each kind with a fair share."""
    words = words_of(text)
    if not words or limit < 1:
        return []
    found = {kind: _of_kind(index, kind, text, words, language, limit) for kind in kinds}
    shares = dict.fromkeys(found, 0)
    while sum(shares.values()) < limit:
        open_kinds = [kind for kind in found if shares[kind] < len(found[kind])]
        if not open_kinds:
            break
        for kind in open_kinds[: limit - sum(shares.values())]:
            shares[kind] += 1
    return [suggestion for kind in found for suggestion in found[kind][: shares[kind]]]


def _of_kind(
    index: Index, kind: str, text: str, words: list[str], language: str, limit: int
) -> list[Suggestion]:
    match kind:
        case "organization":
            return _organizations(index, text, words, language, limit)
        case "term":
            return _terms(index, words, language, limit)
        case "place":
            return [_place(place, language) for place in places_beginning(text, limit)]
    return []


def _organizations(
    index: Index, text: str, words: list[str], language: str, limit: int
) -> list[Suggestion]:
    """Listings whose names begin so; then those whose names hold all words, the last as a beginning.

    Neither looks at more names than LOOKED_AT, however many listings there are.
    """
    numbers = by_static(index, _names_beginning(index, fold(text)), limit).tolist()
    if len(numbers) < limit:
        named = _named(index, words) - BitMap(numbers)
        numbers += by_static(index, named, limit - len(numbers)).tolist() if named else []
    types = _first_types(index, numbers, language)
    return [
        Suggestion("organization", index.names[n], hint=types.get(n, ""), slug=index.slugs[n])
        for n in numbers
    ]


def _names_beginning(index: Index, start: str) -> BitMap:
    """Live listings whose folded name begins so, by two binary searches of the names in order."""
    order = index.orders["name"]

    def name_at(place: int) -> str:
        return fold(index.names[int(order[place])])

    first = bisect_left(range(len(order)), start, key=name_at)
    last = bisect_left(range(len(order)), start + LAST_LETTER, lo=first, key=name_at)
    found = BitMap(order[first : min(last, first + LOOKED_AT)].astype(np.uint32))
    added = range(index.rows.base_count, index.rows.count)
    found.update(number for number in added if fold(index.names[number]).startswith(start))
    return found & index.live


def _named(index: Index, words: list[str]) -> BitMap:
    """Live listings with all words in the name, the last as a beginning."""
    *whole, last = words
    parts = [index.postings.get("name", word) for word in whole]
    if len(last) >= BEGINNING_MIN:
        beginnings = [last, *index.lexicon.beginning_with(last, WORDS_MAX)]
        return BitMap.intersection(index.live, *parts, index.postings.union("name", beginnings))
    if not whole:  # Too many words begin so; a name that is one comes first anyway.
        return index.postings.get("name", last) & index.live
    known = by_static(index, BitMap.intersection(index.live, *parts), COMPARED)
    is_begun = (any(w.startswith(last) for w in index.name_words(n)) for n in known.tolist())
    return BitMap(known[np.fromiter(is_begun, bool, len(known))].astype(np.uint32))


def _first_types(index: Index, numbers: list[int], language: str) -> dict[int, str]:
    """The label of a type of each listing, a narrow one; one query for all of them."""
    terms = index.phrases.vocabulary
    ids = dict(
        zip(index.organization_ids(np.array(numbers, np.int64)).tolist(), numbers, strict=True)
    )
    claimed = Claim.objects.filter(organization__in=ids, term__scheme=Scheme.TYPE)
    found: dict[int, tuple[int, int, str]] = {}
    for pk, code, order in claimed.values_list("organization_id", "term__code", "term__order"):
        if term := terms.get(Scheme.TYPE, code):
            depth = len(terms.ancestors(Scheme.TYPE, code))
            rank = (-depth, order, in_language(term.labels, language))
            found[ids[pk]] = min(rank, found.get(ids[pk], rank))
    return {number: label for number, (_depth, _order, label) in found.items()}


def _terms(index: Index, words: list[str], language: str, limit: int) -> list[Suggestion]:
    """Terms with a label or synonym that holds the words, shown in the language asked for."""
    ranked = []
    for key in _keys_with_beginning(index, words[-1]):
        label = in_language(index.phrases.vocabulary.terms[key].labels, language)
        names = index.phrases.names[key]
        fit = max((_fit(words, cut) - (name != label) for name, cut in names), default=0)
        if fit > 0:
            ranked.append((-fit, label, key))
    ranked.sort()
    # Counted where they compete for a place only.
    edge = ranked[limit - 1][0] if len(ranked) > limit else 0
    counted = [
        (fit, -len(index.postings.get(*key) & index.live), label, key)
        for fit, label, key in ranked
        if fit <= edge or not edge
    ]
    return [
        Suggestion("term", label, str(Scheme(scheme).label), scheme=scheme, code=code)
        for _fit_of, _count, label, (scheme, code) in sorted(counted)[:limit]
    ]


def _keys_with_beginning(index: Index, start: str) -> set[tuple[str, str]]:
    """Terms with any word that begins so."""
    if "term words" not in index.lasting:
        index.lasting["term words"] = sorted(index.postings.terms)
    words = index.lasting["term words"]
    begun = words[bisect_left(words, start) : bisect_left(words, start + LAST_LETTER)]
    return {key for word in begun for key in index.postings.terms[word]}


def _fit(typed: list[str], name: tuple[str, ...]) -> int:
    """4 where the name begins as typed, 2 where it holds the words, 0 where it does not."""
    whole, last = tuple(typed[:-1]), typed[-1]
    following = name[len(whole) : len(whole) + 1]
    if name[: len(whole)] == whole and following and following[0].startswith(last):
        return 4
    is_held = all(word in name for word in whole) and any(w.startswith(last) for w in name)
    return 2 if is_held else 0


def _place(place: Place, language: str) -> Suggestion:
    country = country_name(place.country_code, language)
    if place.kind == PlaceKind.COUNTRY:
        return Suggestion("place", country, slug=place.path)
    above = place.parent
    around = [above.name] if above and above.kind == PlaceKind.REGION else []
    return Suggestion("place", place.name, ", ".join([*around, country]), slug=place.path)

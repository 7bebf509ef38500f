"""Completions while typing: names of listings, terms and places."""

from bisect import bisect_left

import numpy as np
from pyroaring import BitMap

from directory.models import Place, PlaceKind, Scheme, in_language
from directory.search.index import Index
from directory.search.lexicon import LAST_LETTER
from directory.search.names import country_name
from directory.search.phrases import Key, Phrases, Words
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
            found = places_beginning(text, limit, language)
            return [_place(place, other_name, language) for place, other_name in found]
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
    return [
        Suggestion(
            "organization",
            index.names[number],
            hint=_first_type(index, number, language),
            slug=index.slugs[number],
        )
        for number in numbers
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


def _first_type(index: Index, number: int, language: str) -> str:
    """The label of a type of a listing, a narrow one; "" if it has none."""
    vocabulary = index.phrases.vocabulary
    ranked = [
        (-len(vocabulary.ancestors(*key)), term.order, in_language(term.labels, language))
        for key in index.facet_rows.row(number)
        if key[0] == Scheme.TYPE and (term := vocabulary.get(*key))
    ]
    return min(ranked)[-1] if ranked else ""


def _terms(index: Index, words: list[str], language: str, limit: int) -> list[Suggestion]:
    """Terms with a label or synonym that holds the words, shown in the language asked for."""
    terms, fits = index.phrases.vocabulary.terms, {}
    for key, name, cut in _names_with_beginning(index, words[-1]):
        label = in_language(terms[key].labels, language)
        fit = _fit(words, cut) - (name != label)
        if fit > fits.get((label, key), 0):
            fits[label, key] = fit
    ranked = sorted((-fit, label, key) for (label, key), fit in fits.items())
    # Counted where they compete for a place only.
    edge = ranked[limit - 1][0] if len(ranked) > limit else 0
    counted = [
        (fit, -index.live.intersection_cardinality(index.postings.get(*key)), label, key)
        for fit, label, key in ranked
        if fit <= edge or not edge
    ]
    return [
        Suggestion("term", label, str(Scheme(scheme).label), scheme=scheme, code=code)
        for _fit_of, _count, label, (scheme, code) in sorted(counted)[:limit]
    ]


def _names_with_beginning(index: Index, start: str) -> list[tuple[Key, str, Words]]:
    """Labels and synonyms of terms with any word that begins so: the term, the name, its words."""
    if "names of terms" not in index.lasting:
        index.lasting["names of terms"] = _names_by_word(index.phrases)
    words, names = index.lasting["names of terms"]
    begun = words[bisect_left(words, start) : bisect_left(words, start + LAST_LETTER)]
    return [name for word in begun for name in names[word]]


def _names_by_word(phrases: Phrases) -> tuple[list[str], dict[str, list[tuple[Key, str, Words]]]]:
    found: dict[str, list[tuple[Key, str, Words]]] = {}
    for key, names in phrases.names.items():
        for name, cut in names:
            for word in {*cut}:
                found.setdefault(word, []).append((key, name, cut))
    return sorted(found), found


def _fit(typed: list[str], name: tuple[str, ...]) -> int:
    """4 where the name begins as typed, 2 where it holds the words, 0 where it does not."""
    whole, last = tuple(typed[:-1]), typed[-1]
    following = name[len(whole) : len(whole) + 1]
    if name[: len(whole)] == whole and following and following[0].startswith(last):
        return 4
    is_held = all(word in name for word in whole) and any(w.startswith(last) for w in name)
    return 2 if is_held else 0


def _place(place: Place, other_name: str, language: str) -> Suggestion:
    country = country_name(place.country_code, language)
    if place.kind == PlaceKind.COUNTRY:
        return Suggestion("place", country, slug=place.path, other_name=other_name)
    above = place.parent
    around = [above.name] if above and above.kind == PlaceKind.REGION else []
    hint = ", ".join([*around, country])
    return Suggestion("place", place.name, hint, slug=place.path, other_name=other_name)

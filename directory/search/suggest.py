"""Completions while typing: names of listings, terms and places."""

from bisect import bisect_left

from pyroaring import BitMap

from directory.models import Place, Scheme, in_language
from directory.search.index import Index
from directory.search.lexicon import LAST_LETTER
from directory.search.names import country_name
from directory.search.places import places_beginning
from directory.search.query import Suggestion
from directory.search.ranking import name_words
from directory.search.sorting import by_static
from directory.search.words import words_of

WORDS_MAX = 200  # Words that a beginning may stand for.
LOOKED_AT = 200  # Listings compared by name.


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
            return _organizations(index, words, language, limit)
        case "term":
            return _terms(index, words, language, limit)
        case "place":
            return [_place(place, language) for place in places_beginning(text, limit)]
    return []


def _organizations(index: Index, words: list[str], language: str, limit: int) -> list[Suggestion]:
    """Listings whose names hold all words, the last as a beginning; names that begin so first."""
    *whole, last = words
    beginnings = [last, *index.lexicon.beginning_with(last, WORDS_MAX)]
    parts = [_named(index, [word]) for word in whole] + [_named(index, beginnings)]
    named = BitMap.intersection(index.live, *parts)
    if not named:
        return []
    typed = "".join(words)

    def rank(place: int, number: int) -> tuple[bool, int]:
        return (not "".join(name_words(index.names, number)).startswith(typed), place)

    numbers = by_static(index, named, LOOKED_AT).tolist()
    ranked = sorted(enumerate(numbers), key=lambda pair: rank(*pair))[:limit]
    return [_organization(index, number, language) for _place, number in ranked]


def _named(index: Index, words: list[str]) -> BitMap:
    return index.postings.union("name", words)


def _organization(index: Index, number: int, language: str) -> Suggestion:
    return Suggestion(
        "organization",
        index.names[number],
        hint=_first_type(index, number, language),
        slug=index.slugs[number],
    )


def _first_type(index: Index, number: int, language: str) -> str:
    """The label of a type that the listing carries, a narrow one."""
    terms = index.phrases.vocabulary
    carried = [
        term
        for term in terms.in_scheme(Scheme.TYPE)
        if number in index.postings.get(Scheme.TYPE.value, term.code)
    ]
    if not carried:
        return ""
    narrowest = max(carried, key=lambda term: len(terms.ancestors(term.scheme, term.code)))
    return in_language(narrowest.labels, language)


def _terms(index: Index, words: list[str], language: str, limit: int) -> list[Suggestion]:
    """Terms with a label or synonym that holds the words, shown in the language asked for."""
    ranked = []
    for key in _keys_with_beginning(index, words[-1]):
        term = index.phrases.vocabulary.terms[key]
        label = in_language(term.labels, language)
        names = index.phrases.names[key]
        fit = max((_fit(words, cut) - (name != label) for name, cut in names), default=0)
        if fit > 0:
            count = len(index.postings.get(*key) & index.live) if fit else 0
            ranked.append((-fit, -count, label, key))
    ranked.sort()
    return [
        Suggestion("term", label, str(Scheme(scheme).label), scheme=scheme, code=code)
        for _fit_of, _count, label, (scheme, code) in ranked[:limit]
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
    around = [place.parent.name] if place.parent and place.parent.kind == "region" else []
    if place.kind != "country":
        around.append(country_name(place.country_code, language))
    return Suggestion("place", place.name, ", ".join(around), slug=place.path)

"""Words of a query that may name a place: `food co-op takoma park`, `boulangerie à lyon`.

Only what begins or ends the query is looked at, whole names only, and nothing in quotes. Whether
the words are meant as a place is decided by `readings`, which knows the listings.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.models import Place, PlaceKind, PlaceName
from directory.search.places import (
    QUALIFIERS_MAX,
    ROWS_MAX,
    WELL_KNOWN,
    is_main_name,
    likeliest_first,
    spellings,
)
from directory.search.words import fold_name, is_stop_word

TOKENS_MAX = 6  # Words of a name with its region; looked at from either end of the query.
# What stands before a place in the languages of the site.
LEADS = frozenset("in near around at within en a au aux em no na nos nas dans".split())
LONGER_LEADS = frozenset(
    lead.strip()
    for lead in (
        "close to, next to, in the, cerca de, alrededor de, en la, en el, perto de, ao redor de, "
        "pres de, autour de, dans le, dans la, a la"
    ).split(",")
)
# Words of two letters that are codes too: of Maine, Indiana, Oregon, Delaware, Hawaii, Michigan …
# They name a place only where they are written as a code.
SHORT_WORDS = frozenset(
    "ad ai al am ar as at au be by ca ce co da de di do du el em en es et ha he hi id if il in is "
    "it je la le lo ma me mi mo mu my na ne ni no nu oh ok om on or ou pa pm re sa se si so st su "
    "ta te to tu um un up us va vi we ya".split()
)
CONNECTORS = frozenset("of de del da do dos du des d from".split())


@dataclass(frozen=True)
class PlaceWords:
    """Words that name places, and what the query is without them."""

    words: str  # what is left to look for; may be empty
    typed: str  # the words of the place, as typed
    places: tuple[Place, ...]  # likeliest first, never empty
    has_lead: bool  # a word like "in" stands before it
    has_region: bool  # a region or country follows the name


def place_words(text: str) -> list[PlaceWords]:
    """All ways to take a beginning or end of a query as a place, the longest names first."""
    tokens = text.split()
    spans = list(_spans(_free(tokens)))
    names = _Names(tokens, spans)
    found = []
    for start, end in spans:
        places, has_region = names.meant(start, end)
        if places:
            before, lead = _without_lead(tokens[:start])
            rest = " ".join([*before, *tokens[end:]]).strip(" ,;")
            typed = " ".join(tokens[start:end]).strip(" ,;")
            found.append(PlaceWords(rest, typed, tuple(places), lead, has_region))
    return found


def _free(tokens: list[str]) -> list[bool]:
    """Which words stand outside of quotes and are not left out by a hyphen."""
    free, is_quoted = [], False
    for token in tokens:
        quotes = sum(token.count(mark) for mark in '"“”„«»')
        free.append(not is_quoted and not quotes and not token.startswith("-"))
        is_quoted = is_quoted != bool(quotes % 2)
    return free


def _spans(free: list[bool]) -> Iterator[tuple[int, int]]:
    """Ends, then beginnings, of each length; the longest first."""
    count = len(free)
    for size in range(min(TOKENS_MAX, count), 0, -1):
        for start in dict.fromkeys((count - size, 0)):
            if all(free[start : start + size]):
                yield start, start + size


def _without_lead(tokens: list[str]) -> tuple[list[str], bool]:
    """The words before a place without the one that leads to it, and whether there was one."""
    folded = [fold_name(token) for token in tokens]
    if " ".join(folded[-2:]) in LONGER_LEADS:
        return tokens[:-2], True
    if folded and folded[-1] in LEADS:
        return tokens[:-1], True
    if folded and folded[-1] in CONNECTORS:
        return tokens[:-1], False
    return tokens, False


class _Names:
    """The places that stretches of a query may name, read in two small queries."""

    def __init__(self, tokens: list[str], spans: list[tuple[int, int]]) -> None:
        self.tokens = tokens
        inner = {
            (first, last)
            for start, end in spans
            for first in range(start, end)
            for last in range(first + 1, end + 1)
        }
        self.forms = {span: self._forms(*span) for span in inner}
        wanted = {form for forms in self.forms.values() for form in forms}
        rows = PlaceName.objects.filter(folded__in=wanted).order_by("-population", "pk")
        self.ids: dict[str, list[int]] = {}
        for folded, place_id in rows.values_list("folded", "place_id")[: 2 * ROWS_MAX]:
            self.ids.setdefault(folded, []).append(place_id)
        ids = {place_id for found in self.ids.values() for place_id in found}
        self.rows = Place.objects.with_parents().in_bulk(ids) if ids else {}

    def meant(self, start: int, end: int) -> tuple[list[Place], bool]:
        """Places of this name, or of a name with what it lies in after it; and which it was."""
        if places := self._named(start, end):
            return self._well_known(start, end, places), False
        for cut in range(end - 1, start, -1):
            if places := self._lying_in(self._named(start, cut), cut, end):
                return places, True
        return [], False

    def _well_known(self, start: int, end: int, places: list[Place]) -> list[Place]:
        """Those that a single word names: by its other names a town must be known, since nobody
        who looks for Ocean Spray means Eden, North Carolina, which once was called Spray.
        """
        if end - start > 1 or _without_lead(self.tokens[:start])[1]:
            return places
        forms = self.forms[start, end]
        return [
            place
            for place in places
            if place.population >= WELL_KNOWN or is_main_name(place, forms)
        ]

    def _is_code(self, place: int) -> bool:
        """Whether a short word is written as the code of a place: `union, ME`, `union ME`."""
        word = self.tokens[place].strip(",;")
        if fold_name(word) not in SHORT_WORDS:
            return False
        is_set_off = place > 0 and self.tokens[place - 1].endswith(",")
        return word.isupper() and (is_set_off or not " ".join(self.tokens).isupper())

    def _forms(self, start: int, end: int) -> frozenset[str]:
        """Spellings of a stretch; none where a comma parts it or it says nothing."""
        words = [token.strip(",;") for token in self.tokens[start:end]]
        folded = [fold_name(word) for word in words]
        is_parted = any("," in token for token in self.tokens[start : end - 1])
        says_nothing = all(is_stop_word(word) or word in SHORT_WORDS for word in folded)
        is_code = end - start == 1 and self._is_code(start)
        if is_parted or (says_nothing and not is_code):
            return frozenset()
        return frozenset(spellings(" ".join(words)))

    def _named(self, start: int, end: int) -> list[Place]:
        forms = self.forms[start, end]
        ids = dict.fromkeys(pk for form in sorted(forms) for pk in self.ids.get(form, ()))
        return likeliest_first([self.rows[pk] for pk in ids], forms)

    def _lying_in(self, places: list[Place], start: int, end: int) -> list[Place]:
        """Those of the places that lie in each region or country named after them."""
        if not places or start == end:
            return places
        for cut in range(end, start, -1):
            if kept := self._held(places, start, cut):
                rest = end - cut
                return self._lying_in(kept, cut, end) if rest < QUALIFIERS_MAX else []
        return []

    def _held(self, places: list[Place], start: int, end: int) -> list[Place]:
        """Those that lie in a region or country of this name or code."""
        wide = {p.path for p in self._named(start, end) if p.kind != PlaceKind.TOWN}
        code = fold_name(" ".join(self.tokens[start:end])).upper()
        if code.lower() in SHORT_WORDS and not self._is_code(start):
            code = ""
        return [p for p in places if wide & {*p.ancestor_paths[:-1]} or code in _codes(p)]


def _codes(place: Place) -> set[str]:
    """Codes of what a place lies in: US and MD."""
    above = place.parent
    codes = {place.country_code.upper()} if above else set()
    while above is not None:
        codes.add(above.code.upper())
        above = above.parent
    return codes - {""}

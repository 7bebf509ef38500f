"""Addresses of results pages: parameters kept, dropped and toggled, always in one order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from directory.search.query import FACETS

# DESIGN.md 5. The same question has the same address, whichever link led to it.
ORDER = (
    "q",
    "words_only",
    "near",
    "radius",
    "bbox",
    "place",
    "serves",
    "type",
    "value",
    "sector",
    "verification",
    "verified_only",
    "confirmed_after",
    "lifecycle",
    "language",
    "source",
    "network",
    "offers",
    "needs",
    "open_now",
    "sort",
    "page_size",
    "page",
    "lang",
)
RANK = {name: rank for rank, name in enumerate(ORDER)}

# What a chosen filter is not: these stay when all filters are cleared.
ASKING_NOTHING = frozenset({"words_only", "sort", "page_size", "lang"})
NOT_FILTERS = frozenset({"q", "words_only", "near", "radius", "sort", "page_size", "lang"})

# Parameters of the API that a page accepts and drops: the same address works behind both doors.
API_ONLY = frozenset({"facets", "fields", "flavour", "licence", "whole"})

Pair = tuple[str, str]

# Without a point there is nothing to be near to.
NEEDS_NEAR = frozenset({("sort", "distance")})


def is_idle(name: str, value: str) -> bool:
    """Whether a parameter changes nothing: the first page, a language that is not spoken here."""
    return (name, value) == ("page", "1") or (
        name == "lang" and value not in dict(settings.LANGUAGES)
    )


def _rank(pair: Pair) -> int:
    return RANK.get(pair[0], len(RANK))


@dataclass(frozen=True)
class Question:
    """The parameters of one results page, in order, each (name, value) once, none empty."""

    pairs: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, **changes: str) -> "Question":
        """From the address of the page as it was asked for, some parameters replaced."""
        given = [
            (name, value)
            for name, values in query.lists()
            if name not in API_ONLY and name not in changes
            for value in values
        ]
        return cls.made([*given, *changes.items()])

    @classmethod
    def made(cls, pairs: Iterable[Pair]) -> "Question":
        given = dict.fromkeys((name, str(value).strip()) for name, value in pairs)
        kept = [pair for pair in given if pair[1] and not is_idle(*pair)]
        if not any(name == "near" for name, _ in kept):
            kept = [pair for pair in kept if pair not in NEEDS_NEAR and pair[0] != "radius"]
        return cls(tuple(sorted(kept, key=_rank)))

    def values(self, name: str) -> list[str]:
        return [value for given, value in self.pairs if given == name]

    def without(self, *names: str) -> "Question":
        """These parameters dropped, and the page number with them."""
        dropped = {"page", *names}
        return Question.made(pair for pair in self.pairs if pair[0] not in dropped)

    def having(self, **changes: str) -> "Question":
        """Each of these parameters with this one value; starts at page 1."""
        return Question.made([*self.without(*changes).pairs, *changes.items()])

    def adding(self, name: str, value: str) -> "Question":
        """One more value of a parameter; the same value the other way round is taken back."""
        other = value[1:] if value.startswith("-") else f"-{value}"
        return Question.made([*self.leaving_out(name, other).pairs, (name, value)])

    def adder(self, name: str) -> Callable[[str], str]:
        """What gives the link with one more value of a parameter, which is not in it either way.

        The same as `adding(name, value).link()`, for the hundred values that a page offers.
        """
        kept = self.without().pairs
        before = urlencode([pair for pair in kept if _rank(pair) <= _rank((name, ""))])
        after = urlencode([pair for pair in kept if _rank(pair) > _rank((name, ""))])

        def link(value: str) -> str:
            return "?" + "&".join(filter(None, (before, f"{name}={quote_plus(value)}", after)))

        return link

    def leaving_out(self, name: str, value: str) -> "Question":
        """One value of a parameter less; starts at page 1."""
        return Question.made(pair for pair in self.without().pairs if pair != (name, value))

    def lacking(self, name: str, value: str) -> "Question":
        """Without this choice: one value of a facet, or the whole of any other parameter."""
        return self.leaving_out(name, value) if name in FACETS and value else self.without(name)

    def without_chosen(self, name: str) -> "Question":
        """All values of a facet dropped that were picked; those left out stay left out."""
        return Question.made(
            pair for pair in self.without().pairs if pair[0] != name or pair[1].startswith("-")
        )

    def only(self, *names: str) -> "Question":
        """These parameters alone, in the same order and language."""
        kept = {"sort", "page_size", "lang", *names}
        return Question.made(pair for pair in self.pairs if pair[0] in kept)

    def cleared(self) -> "Question":
        """Without any filter; the words, the place and the order stay."""
        return Question.made(pair for pair in self.pairs if pair[0] in NOT_FILTERS)

    @property
    def asks_nothing(self) -> bool:
        """Whether it finds all listings, in whatever order and language."""
        return all(name in ASKING_NOTHING for name, _ in self.pairs)

    def at_page(self, number: int) -> "Question":
        return Question.made([*self.without().pairs, ("page", str(number))])

    def hidden(self, *shown: str) -> list[Pair]:
        """What a form has to carry along that has fields of its own for `shown`."""
        return list(self.without(*shown).pairs)

    def query_string(self) -> str:
        return urlencode(self.pairs)

    def link(self) -> str:
        """The shortest link from one results page to another; a page holds a hundred of them."""
        return f"?{self.query_string()}" if self.pairs else self.url()

    def url(self, name: str = "organization-list") -> str:
        """The address of the page (or of another door, by URL name) for this question."""
        address = reverse(name)
        return f"{address}?{self.query_string()}" if self.pairs else address

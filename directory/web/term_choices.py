"""Terms to tick in a form: by family, each with what is narrower than it."""

from collections.abc import Collection
from dataclasses import dataclass

from directory.models import Term, vocabulary


@dataclass(frozen=True)
class TermTick:
    """One term to tick; `is_narrower` where it stands under the family itself."""

    code: str
    label: str
    is_ticked: bool
    is_narrower: bool


@dataclass(frozen=True)
class TermFamily:
    """A family of terms; `count` of them are ticked."""

    label: str
    ticks: list[TermTick]

    @property
    def count(self) -> int:
        return sum(tick.is_ticked for tick in self.ticks)


def term_codes(scheme: str) -> list[tuple[str, str]]:
    """Codes and labels of all terms of a scheme that are in use, for the choices of a field."""
    return [(term.code, term.label) for term in vocabulary().in_scheme(scheme)]


def term_families(scheme: str, ticked: Collection[str]) -> list[TermFamily]:
    """The families of a scheme in order."""
    terms = vocabulary()

    def ticks(root: Term) -> list[TermTick]:
        return [
            TermTick(term.code, term.label, term.code in ticked, term.code != root.code)
            for term in [root, *terms.descendants(root)]
        ]

    return [TermFamily(root.label, ticks(root)) for root in terms.roots(scheme)]

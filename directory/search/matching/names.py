"""How alike two names are, word by word, each word weighing as much as it tells."""

from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from directory.search.matching.vocabulary import FORMS, GENERIC, ROLES

Words = tuple[str, ...]
Weigh = Callable[[str], float]

GENERIC_WEIGHT = 0.4  # Of a word like "cooperative", beside 2 to 9 of a telling one.
FORM_WEIGHT = 0.05
ALIKE_FROM = 0.9  # Jaro-Winkler of two spellings of one word.
LETTERS_MIN = 4  # Shorter words are alike by chance.
MISSING_ON_ONE_SIDE = 0.35  # "Unicorn", "Unicorn Grocery": says more, not another.
SPELLED_OTHERWISE = 0.9


class Likeness(NamedTuple):
    """Of two names: `share` from 0 to 1, `told` the weight of what they share, and what differs."""

    share: float
    told: float
    numbers_differ: bool
    only_here: Words
    only_there: Words

    @property
    def is_exact(self) -> bool:
        return not self.only_here and not self.only_there


NOT_ALIKE = Likeness(0.0, 0.0, False, (), ())


def likeness(here: Words, there: Words, weigh: Weigh) -> Likeness:
    """How alike two names are; `weigh` gives the weight of a word that is not generic."""
    shared = {*here} & {*there}
    rest_here = [word for word in dict.fromkeys(here) if word not in shared]
    rest_there = [word for word in dict.fromkeys(there) if word not in shared]
    told = sum(weight_of(word, weigh) for word in shared)
    if rest_here and rest_there:
        told += _pair(rest_here, rest_there, weigh)
        if rest_here and rest_there:
            told += _joined(here, there, rest_here, rest_there, weigh)
    missing = sorted(
        (
            sum(weight_of(word, weigh) for word in rest_here),
            sum(weight_of(word, weigh) for word in rest_there),
        )
    )
    lost = missing[0] + MISSING_ON_ONE_SIDE * missing[1]
    share = told / (told + lost) if told else 0.0
    return Likeness(share, told, _numbers_differ(here, there), tuple(rest_here), tuple(rest_there))


def best_likeness(here: tuple[Words, ...], there: tuple[Words, ...], weigh: Weigh) -> Likeness:
    """Of all names of two listings, the two that are most alike."""
    best = NOT_ALIKE
    for name in here:
        for other in there:
            found = likeness(name, other, weigh)
            if (found.share, found.told) > (best.share, best.told) or best is NOT_ALIKE:
                best = found
    return best


def weight_of(word: str, weigh: Weigh) -> float:
    """The weight of a word in a name."""
    if word in FORMS:
        return FORM_WEIGHT
    return GENERIC_WEIGHT if word in GENERIC else weigh(word)


def forms_of_names(names: tuple[Words, ...]) -> set[str]:
    """The legal forms that the names tell; a credit union is federal or of its state."""
    found = {FORMS[word] for name in names for word in name if word in FORMS}
    for name in names:
        if "credit" in name and "union" in name:
            found.add("federal" if "federal" in name else "of its state")
    return found


def roles_of(words: Words) -> set[str]:
    """Words that make it a body beside another: a foundation, a branch."""
    return {word for word in words if word in ROLES}


def _pair(rest_here: list[str], rest_there: list[str], weigh: Weigh) -> float:
    """Take words that are one word spelled otherwise out of both rests; their weight."""
    told = 0.0
    for word in list(rest_here):
        best = max(rest_there, key=lambda other: (_spelled_alike(word, other), other), default="")
        if best and _spelled_alike(word, best):
            rest_here.remove(word)
            rest_there.remove(best)
            told += SPELLED_OTHERWISE * min(weight_of(word, weigh), weight_of(best, weigh))
    return told


def _spelled_alike(word: str, other: str) -> float:
    """From 0 (no) to 1: a slip of the pen, another ending, or cut short."""
    if word[0] != other[0] or word[0].isdigit():
        return 0.0
    short, long = sorted((word, other), key=len)
    if len(short) >= 3 and long.startswith(short) and len(long) - len(short) <= 8:
        return 0.8 if len(short) >= LETTERS_MIN else 0.5
    if len(short) < LETTERS_MIN:
        return 0.0
    likeness = JaroWinkler.similarity(word, other, score_cutoff=ALIKE_FROM)
    return likeness if len(long) - len(short) <= 3 else 0.0


def _joined(
    here: Words, there: Words, rest_here: list[str], rest_there: list[str], weigh: Weigh
) -> float:
    """Words written together on one side, or as their first letters; empties both rests if so."""
    told = min(
        sum(weight_of(word, weigh) for word in rest_here),
        sum(weight_of(word, weigh) for word in rest_there),
    )
    if "".join(rest_here) == "".join(rest_there) or "".join(here) == "".join(there):
        rest_here.clear()
        rest_there.clear()
        return told
    for short, long in ((rest_here, there), (rest_there, here)):
        for word in short:
            if len(word) >= 3 and word == "".join(part[0] for part in long):
                rest_here.clear()
                rest_there.clear()
                return SPELLED_OTHERWISE * max(weigh(word), told)
    return 0.0


def _numbers_differ(here: Words, there: Words) -> bool:
    """ "Solar 2" and "Solar 3", or one of a series beside one without a number."""
    numbers, others = ({w for w in words if w.isdigit()} for words in (here, there))
    return numbers != others

"""How alike two names are, word by word, each word weighing as much as it tells."""

import re
from collections.abc import Callable, Iterable
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA

from directory.search.matching.vocabulary import FORMS, GENERIC, HABITUAL, KINDS, ROLES

Words = tuple[str, ...]
Weigh = Callable[[str], float]

LISTINGS_LEAST = 3_000  # A word that is rare among few listings is as rare as among so many.
RARITY_LEAST, RARITY_MOST = 1.0, 9.0
GENERIC_WEIGHT = 0.4  # Of a word like "cooperative", beside 2 to 9 of a telling one.
FORM_WEIGHT = 0.05
SLIPS_MOST = 2  # Letters wrong, missing or changed over in a word of LONG letters; one in others.
LETTERS_MIN, LONG = 4, 8  # Shorter words are alike by chance.
CUT_SHORT = 0.7  # "Educ" for "Educational".
MISSING_ON_ONE_SIDE = 0.35  # "Unicorn", "Unicorn Grocery": says more, not another.
MISSING_ON_BOTH = 1.6  # "Brixton Energy", "Lambeth Energy": another.
SPELLED_OTHERWISE = 0.9
LETTERS_OF_A_NAME_MIN = 3


class Likeness(NamedTuple):
    """Of two names: `share` from 0 to 1, `told` the weight of what they share, and what differs.

    `is_guess` where words were taken for one another that may not be: cut short, first letters.
    """

    share: float
    told: float
    numbers_differ: bool
    only_here: Words
    only_there: Words
    is_guess: bool = False

    @property
    def is_common(self) -> bool:
        """Equal, but for the legal form, or for words of the field that one side leaves out."""
        left = [[w for w in side if w not in FORMS] for side in (self.only_here, self.only_there)]
        return not all(left) and not any(w not in GENERIC for side in left for w in side)

    @property
    def is_equal(self) -> bool:
        """Equal, but for the legal form and what is said or left out by habit ("Co-op", "Society")."""
        left = {*self.only_here, *self.only_there} - HABITUAL
        return not self.is_guess and not any(word not in FORMS for word in left)


NOT_ALIKE = Likeness(0.0, 0.0, False, (), ())


def likeness(here: Words, there: Words, weigh: Weigh) -> Likeness:
    """How alike two names are; `weigh` gives the weight of a word that is not generic."""
    shared = {*here} & {*there}
    rest_here = [word for word in dict.fromkeys(here) if word not in shared]
    rest_there = [word for word in dict.fromkeys(there) if word not in shared]
    told = sum(weight_of(word, weigh) for word in shared)
    is_guess = False
    if rest_here and rest_there:
        alike, is_guess = _pair(rest_here, rest_there, weigh)
        told += alike
        if rest_here and rest_there:
            told += _joined(here, there, rest_here, rest_there, weigh)
            if rest_here and rest_there and (letters := _initials(here, there, weigh)):
                return Likeness(SPELLED_OTHERWISE, letters, False, (), (), is_guess=True)
    less, more = sorted(
        sum([weight_of(word, weigh) for word in rest]) for rest in (rest_here, rest_there)
    )
    lost = MISSING_ON_BOTH * less + MISSING_ON_ONE_SIDE * more
    share = told / (told + lost) if told else 0.0
    differ = _numbers(here) != _numbers(there)
    return Likeness(share, told, differ, tuple(rest_here), tuple(rest_there), is_guess)


def best_likeness(here: tuple[Words, ...], there: tuple[Words, ...], weigh: Weigh) -> Likeness:
    """Of all names of two listings, the two that are most alike."""
    best = NOT_ALIKE
    for name in here:
        for other in there:
            found = likeness(name, other, weigh)
            if (found.share, found.told) > (best.share, best.told) or best is NOT_ALIKE:
                best = found
    return best


def rarity(count: int, listings: int) -> float:
    """What a word tells that so many of the listings have, in natural logarithms of odds."""
    told = log(max(listings, LISTINGS_LEAST) / (1 + count))
    return min(max(told, RARITY_LEAST), RARITY_MOST)


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


def roles_between(only_here: Words, only_there: Words) -> set[str]:
    """Words that make one a body beside the other: a foundation; housing here, a land trust there."""
    here, there = ({word for word in words if word in ROLES} for words in (only_here, only_there))
    kinds, others = ({w for w in words if w in KINDS} for words in (only_here, only_there))
    return here ^ there | (kinds | others if kinds and others else set())


def _pair(rest_here: list[str], rest_there: list[str], weigh: Weigh) -> tuple[float, bool]:
    """Take words that are one word spelled otherwise out of both rests: weight, and if a guess."""
    told, is_guess = 0.0, False
    for word in list(rest_here):
        found = [(alike, o) for o in rest_there if o[0] == word[0] and (alike := _alike(word, o))]
        if found:
            alike, best = max(found)
            rest_here.remove(word)
            rest_there.remove(best)
            told += alike * min(weight_of(word, weigh), weight_of(best, weigh))
            is_guess |= alike < SPELLED_OTHERWISE
    return told, is_guess


def _alike(word: str, other: str) -> float:
    """SPELLED_OTHERWISE for a slip of the pen, less for a guess, 0 for another word."""
    if not (word.isalpha() and other.isalpha()):
        return 0.0
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > SLIPS_MOST or len(short) < LETTERS_MIN:
        return CUT_SHORT if len(short) >= 3 and long.startswith(short) else 0.0
    slips = OSA.distance(word, other, score_cutoff=SLIPS_MOST)
    if slips <= 1:
        return SPELLED_OTHERWISE
    return CUT_SHORT if slips == SLIPS_MOST and len(short) >= LONG else 0.0


def _joined(
    here: Words, there: Words, rest_here: list[str], rest_there: list[str], weigh: Weigh
) -> float:
    """The weight of words that are written together on one side; empties both rests if so."""
    is_run_together = rest_here[0][0] == rest_there[0][0] and len(rest_here) != len(rest_there)
    if not is_run_together or (
        _glued(rest_here) != _glued(rest_there) and _glued(here) != _glued(there)
    ):
        return 0.0
    sides = (rest_here, rest_there)
    told = min(sum(weight_of(word, weigh) for word in side) for side in sides)
    rest_here.clear()
    rest_there.clear()
    return told


def _glued(words: Iterable[str]) -> str:
    return "".join(word for word in words if word not in FORMS)


def _initials(here: Words, there: Words, weigh: Weigh) -> float:
    """The weight of a name that is the first letters of the other's words; 0 if neither is."""
    for short, long in ((here, there), (there, here)):
        if not LETTERS_OF_A_NAME_MIN <= len(short[0]) <= len(long):
            continue
        if short[0] == "".join([word[0] for word in long if word not in FORMS]):
            return weigh(short[0])
    return 0.0


def _numbers(words: Words) -> set[str]:
    """The numbers in a name, also in its words ("Dankour2"); years are none of a series."""
    if "".join(words).isalpha():
        return set()
    return {
        number
        for word in words
        if not word.isalpha()
        for number in re.findall(r"[0-9]+", word)
        if not (len(number) == 4 and number[:2] in {"18", "19", "20"})
    }

"""Known items: names of real listings, typed in eleven ways, each of which should find its own.

The ways and the thresholds are those of the design (docs/performance.md). All of it follows from
the seed, so that two runs ask the same.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from directory.management.benchmarks.gold import plain

SEED = 20_260
ITEMS = 300
TYPO_FROM = 4  # Letters of a word before it gets a typing error.
WRONG_WORDS = "garden river union health north happy solar valley school street".split()


@dataclass(frozen=True)
class Item:
    """A listing to be found: what it is called, and its town ("" where none is known)."""

    name: str
    town: str = ""


@dataclass(frozen=True)
class Typed:
    """What somebody types to find an item."""

    way: str
    words: str
    item: Item


# The least shares found among the first ten, and at the very first place.
THRESHOLDS = {
    "as it is": (0.99, 0.95),
    "folded": (0.99, 0.95),
    "in capitals": (0.99, 0.95),
    "two words swapped": (0.99, 0.95),
    "with its town": (0.99, 0.98),
    "first two joined": (0.98, 0.95),
    "one typo": (0.97, 0.94),
    "two typos": (0.96, 0.92),
    "one wrong word": (0.95, 0.92),
    "one word dropped": (0.88, 0.78),
    "first 60 %": (0.70, 0.62),
}


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 (the same each time is what is wanted)


def chosen(items: Iterable[Item], count: int = ITEMS) -> list[Item]:
    """A fixed choice of the items, each name once."""
    by_name = {plain(item.name): item for item in sorted(items, key=lambda one: one.name)}
    names = sorted(by_name)
    return [by_name[name] for name in _chance(str(SEED)).sample(names, min(count, len(names)))]


def typed(items: Iterable[Item]) -> list[Typed]:
    """Every item in every way that its name allows."""
    return [
        Typed(way, words, item)
        for number, item in enumerate(items)
        for way, corrupt in WAYS.items()
        if (words := corrupt(item, _chance(f"{SEED} {number} {way}")))
    ]


def found_at(one: Typed, first: Iterable[Item]) -> int | None:
    """The place (from 0) of the first hit that has the item's name, and town where it was typed."""
    for place, hit in enumerate(first):
        is_same_town = one.way != "with its town" or plain(hit.town) == plain(one.item.town)
        if plain(hit.name) == plain(one.item.name) and is_same_town:
            return place
    return None


def _as_it_is(item: Item, chance: random.Random) -> str:
    return item.name


def _folded(item: Item, chance: random.Random) -> str:
    return plain(item.name)


def _capitals(item: Item, chance: random.Random) -> str:
    return item.name.upper()


def _one_typo(item: Item, chance: random.Random) -> str:
    return " ".join(_mistyped(item.name.split(), 1, chance))


def _two_typos(item: Item, chance: random.Random) -> str:
    return " ".join(_mistyped(item.name.split(), 2, chance))


def _beginning(item: Item, chance: random.Random) -> str:
    return item.name[: max(3, round(len(item.name) * 0.6))].strip()


def _swapped(item: Item, chance: random.Random) -> str:
    words = item.name.split()
    if len(words) < 2:
        return ""
    at = chance.randrange(len(words) - 1)
    words[at : at + 2] = words[at + 1], words[at]
    return " ".join(words)


def _joined(item: Item, chance: random.Random) -> str:
    words = item.name.split()
    return "".join(words[:2]) + " " + " ".join(words[2:]) if len(words) > 1 else ""


def _dropped(item: Item, chance: random.Random) -> str:
    """Of three words or more: what is left of two, like `Coopérative`, names nobody."""
    words = item.name.split()
    if len(words) < 3:
        return ""
    words.pop(chance.randrange(len(words)))
    return " ".join(words)


def _wrong_word(item: Item, chance: random.Random) -> str:
    words = item.name.split()
    words.insert(chance.randint(0, len(words)), chance.choice(WRONG_WORDS))
    return " ".join(words)


def _with_town(item: Item, chance: random.Random) -> str:
    return f"{item.name} {item.town}" if item.town else ""


def _mistyped(words: list[str], count: int, chance: random.Random) -> list[str]:
    """So many typing errors, each in a word of its own where there are enough long ones."""
    long = [place for place, word in enumerate(words) if len(word) >= TYPO_FROM]
    for place in chance.sample(long, min(count, len(long))):
        words[place] = _with_typo(words[place], chance)
    return words if long else []


def _with_typo(word: str, chance: random.Random) -> str:
    """One letter swapped with the next, left out, doubled, or another, after the first."""
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
    other = chance.choice("abcdefghijklmnopqrstuvwxyz".replace(word[at].lower(), ""))
    return word[:at] + other + word[at + 1 :]


WAYS: dict[str, Callable[[Item, random.Random], str]] = {
    "as it is": _as_it_is,
    "folded": _folded,
    "one typo": _one_typo,
    "two typos": _two_typos,
    "in capitals": _capitals,
    "first 60 %": _beginning,
    "two words swapped": _swapped,
    "first two joined": _joined,
    "one word dropped": _dropped,
    "one wrong word": _wrong_word,
    "with its town": _with_town,
}

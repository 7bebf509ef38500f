"""What the index knows of places, stored so that it need not be read from the database again."""

from dataclasses import dataclass

import numpy as np

from directory.search.arrays import Arrays, below
from directory.search.tables import Dictionary, Texts, encoded, packed, packed_in_order
from directory.search.words import fold_name

TEXT_COLUMNS = ("name", "kind", "country_code", "timezone", "words", "phrases")


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """What the index must know of a place."""

    path: str
    name: str
    kind: str
    country_code: str
    latitude: float
    longitude: float
    timezone: str
    words: frozenset[str]  # of its name, and its other names of one word
    phrases: tuple[tuple[str, ...], ...] = ()  # its names of several words


class Facts:
    """Facts by path: stored ones, and those that were loaded since."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        """`arrays` as `fact_arrays` makes them."""
        self._paths = Dictionary(below(arrays, "paths")) if arrays else None
        self._columns = {name: Texts(below(arrays, name)) for name in TEXT_COLUMNS if arrays}
        self._arrays = arrays
        self._own: dict[str, PlaceFact] = {}
        self._own_words: set[str] | None = None

    def __contains__(self, path: str) -> bool:
        return path in self._own or (self._paths is not None and self._paths.find(path) >= 0)

    def __getitem__(self, path: str) -> PlaceFact:
        found = self.get(path)
        if found is None:
            raise KeyError(path)
        return found

    def __setitem__(self, path: str, fact: PlaceFact) -> None:
        self._own[path] = fact
        if self._own_words is not None:
            self._own_words |= {*fold_name(fact.name).split()}

    def get(self, path: str) -> PlaceFact | None:
        """The facts of a place, if they are here."""
        found = self._own.get(path)
        if found is None and self._paths is not None:
            number = self._paths.find(path)
            found = self._stored(number) if number >= 0 else None
        return found

    def point(self, path: str) -> tuple[float, float]:
        """Latitude and longitude of a place that is here."""
        if (fact := self._own.get(path)) is not None:
            return fact.latitude, fact.longitude
        number = self._paths.find(path) if self._paths is not None else -1
        if number < 0:
            raise KeyError(path)
        return float(self._arrays["latitude"][number]), float(self._arrays["longitude"][number])

    def own_words(self) -> set[str]:
        """The words of the places' own names, without what they are called besides.

        Gathered when first asked for. Shared: never change it.
        """
        if self._own_words is None:
            stored = self._columns.get("name", ())
            names = [stored[number] for number in range(len(stored))]
            names += [fact.name for fact in self._own.values()]
            self._own_words = {word for name in names for word in fold_name(name).split()}
        return self._own_words

    def values(self) -> list[PlaceFact]:
        """Those that were loaded."""
        return [*self._own.values()]

    def _stored(self, number: int) -> PlaceFact:
        text = {name: column[number] for name, column in self._columns.items()}
        return PlaceFact(
            path=self._paths[number],
            name=text["name"],
            kind=text["kind"],
            country_code=text["country_code"],
            latitude=float(self._arrays["latitude"][number]),
            longitude=float(self._arrays["longitude"][number]),
            timezone=text["timezone"],
            words=frozenset(text["words"].split()),
            phrases=tuple(
                tuple(phrase.split(" ")) for phrase in text["phrases"].split("\t") if phrase
            ),
        )


class PlacePhrases:
    """Names of several words, with the paths of the places that are called so."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        """`arrays` as `fact_arrays` makes them."""
        self._phrases = Dictionary(below(arrays, "named")) if arrays else None
        self._paths = Dictionary(below(arrays, "paths")) if arrays else None
        self._arrays = arrays
        self._own: dict[tuple[str, ...], list[str]] = {}

    def get(self, phrase: tuple[str, ...]) -> list[str]:
        """Paths of the places of this name."""
        own = self._own.get(phrase, [])
        if self._phrases is None:
            return own
        number = self._phrases.find(" ".join(phrase))
        if number < 0:
            return own
        start, end = self._arrays["named_starts"][number : number + 2].tolist()
        return [
            *map(self._paths.__getitem__, self._arrays["named_paths"][start:end].tolist()),
            *own,
        ]

    def add(self, phrase: tuple[str, ...], path: str) -> None:
        """Enter a name of a place."""
        self._own.setdefault(phrase, []).append(path)


def fact_arrays(facts: list[PlaceFact]) -> dict[str, np.ndarray]:
    """Facts as arrays for Facts and PlacePhrases."""
    facts = sorted(facts, key=lambda fact: encoded(fact.path))
    texts = {
        "name": [fact.name for fact in facts],
        "kind": [fact.kind for fact in facts],
        "country_code": [fact.country_code for fact in facts],
        "timezone": [fact.timezone for fact in facts],
        "words": [" ".join(sorted(fact.words)) for fact in facts],
        "phrases": ["\t".join(map(" ".join, fact.phrases)) for fact in facts],
    }
    named: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        for phrase in fact.phrases:
            named.setdefault(" ".join(phrase), []).append(number)
    names = sorted(named, key=encoded)
    starts = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.array([len(named[name]) for name in names], np.int64), out=starts[1:])
    arrays = {
        "latitude": np.array([fact.latitude for fact in facts], np.float64),
        "longitude": np.array([fact.longitude for fact in facts], np.float64),
        "named_starts": starts,
        "named_paths": np.array([n for name in names for n in named[name]], np.uint32),
    }
    groups = {name: packed([encoded(text) for text in column]) for name, column in texts.items()}
    groups["paths"] = packed_in_order([encoded(fact.path) for fact in facts])
    groups["named"] = packed_in_order([encoded(name) for name in names])
    for name, group in groups.items():
        arrays |= {f"{name}/{key}": array for key, array in group.items()}
    return arrays

"""Storage of the index: columns of numbers, bitmaps by key, and texts.

All three have a base, made once by `building` and never changed (it may as well be a file mapped
into memory), and a tail or overlay in this process for what changed since.
"""

from array import array
from collections.abc import Iterable, Mapping

import numpy as np
from pyroaring import BitMap

EMPTY = BitMap()


class Table:
    """Columns of one length to which rows can be added; the base rows come first."""

    def __init__(self, columns: dict[str, np.ndarray]) -> None:
        self._columns = dict(columns)
        self.base_count = self.count = len(next(iter(columns.values())))

    def __getitem__(self, name: str) -> np.ndarray:
        """The column, base and added rows; a view, not to be written to."""
        return self._columns[name][: self.count]

    def append(self, **row: object) -> int:
        """Add one row and return its number."""
        if self.count == len(next(iter(self._columns.values()))):
            for name, column in self._columns.items():
                spare = np.zeros(max(256, self.count // 8), column.dtype)
                self._columns[name] = np.concatenate([column, spare])
        for name, column in self._columns.items():
            column[self.count] = row[name]
        self.count += 1
        return self.count - 1


class Gathering:
    """Rows being gathered for a Table, in as little memory as the table itself."""

    def __init__(self, types: dict[str, type]) -> None:
        self._types = types
        self._columns = {name: array(np.dtype(kind).char) for name, kind in types.items()}

    def append(self, **row: object) -> None:
        """Add one row."""
        for name, column in self._columns.items():
            column.append(row[name])

    def columns(self) -> dict[str, np.ndarray]:
        """The columns as arrays; copies, to be sorted and changed."""
        return {name: np.array(column, self._types[name]) for name, column in self._columns.items()}


class Postings:
    """Which listings have what: (kind, value) to a bitmap of listing numbers."""

    def __init__(self, base: Mapping[str, Mapping[str, BitMap | int]]) -> None:
        """In the base, a lone listing may stand as its number: two words of three have only one."""
        self._base = base
        self._own: dict[str, dict[str, BitMap]] = {}

    def get(self, kind: str, value: str) -> BitMap:
        """The listings that have it. Shared: combine it, never change it."""
        own = self._own.get(kind)
        if own is not None and value in own:
            return own[value]
        found = self._base.get(kind, {}).get(value, EMPTY)
        return BitMap((found,)) if isinstance(found, int) else found

    def values(self, kind: str) -> set[str]:
        """All values of a kind."""
        return {*self._base.get(kind, ()), *self._own.get(kind, ())}

    def has(self, kind: str, value: str) -> bool:
        """Whether any listing ever had it."""
        return value in self._own.get(kind, ()) or value in self._base.get(kind, ())

    def add(self, kind: str, value: str, number: int) -> None:
        """Enter one listing; the base bitmap is copied before its first change."""
        own = self._own.setdefault(kind, {})
        if value not in own:
            own[value] = self.get(kind, value).copy()
        own[value].add(number)

    def union(self, kind: str, values: Iterable[str]) -> BitMap:
        """The listings that have any of the values."""
        found = [self.get(kind, value) for value in values]
        if len(found) == 1:
            return found[0]
        return BitMap.union(*found) if found else EMPTY


class Texts:
    """Short texts by number, as UTF-8 one after the other."""

    def __init__(self, texts: Iterable[str]) -> None:
        encoded = [text.encode() for text in texts]
        self._blob = b"".join(encoded)
        ends = np.cumsum([len(text) for text in encoded], dtype=np.int64)
        self._starts = array("q", [0, *ends.tolist()])
        self._added: list[str] = []

    def __len__(self) -> int:
        return len(self._starts) - 1 + len(self._added)

    def __getitem__(self, number: int) -> str:
        base_count = len(self._starts) - 1
        if number >= base_count:
            return self._added[number - base_count]
        return self._blob[self._starts[number] : self._starts[number + 1]].decode()

    def append(self, text: str) -> None:
        """Add a text after the last."""
        self._added.append(text)

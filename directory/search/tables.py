"""Storage of the index: columns of numbers, and texts by number.

Both have a base that is never changed, in memory or in a file that is mapped, and a tail in this
process for what changed since. `postings` has the third kind, bitmaps by key.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from pyroaring import BitMap

from directory.search.arrays import Arrays

EMPTY = BitMap()
MANY = 30_000  # Numbers from which a bitmap is made faster by way of bits.
# Of the format of roaring bitmaps: its first number, how many numbers share a container, and up to
# how many of them are listed one by one.
COOKIE, CONTAINER, SPARSE = 12346, 1 << 16, 4096


class Table:
    """Columns of one length to which rows can be added; the base rows come first."""

    def __init__(self, columns: Arrays) -> None:
        """`count` among the columns says how many rows are used; the rest is room for more."""
        self._columns = {name: column for name, column in columns.items() if name != "count"}
        used = columns.get("count", [len(column) for column in self._columns.values()])
        self.base_count = self.count = int(used[0])

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

    def set(self, name: str, rows: list[int], values: Iterable[float]) -> None:
        """Change one column of added rows."""
        self._columns[name][rows] = values

    def added(self, name: str) -> np.ndarray:
        """The column's added rows."""
        return self._columns[name][self.base_count : self.count]


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


class Texts:
    """Short texts by number, as UTF-8 one after the other."""

    def __init__(self, arrays: Arrays) -> None:
        """`arrays` as `packed` makes them."""
        self._letters = memoryview(arrays["letters"])
        self._starts = memoryview(arrays["starts"])
        self.base_count = len(self._starts) - 1
        self._added: list[str] = []

    def __len__(self) -> int:
        return self.base_count + len(self._added)

    def __getitem__(self, number: int) -> str:
        if number >= self.base_count:
            return self._added[number - self.base_count]
        return str(self._letters[self._starts[number] : self._starts[number + 1]], "utf-8")

    def encoded(self, number: int) -> bytes:
        """One of the base, as it is stored."""
        return bytes(self._letters[self._starts[number] : self._starts[number + 1]])

    def append(self, text: str) -> None:
        """Add a text after the last."""
        self._added.append(text)


class Dictionary(Texts):
    """Texts in order, each once: found by binary search, or where those that begin so start."""

    def __init__(self, arrays: Arrays) -> None:
        """`arrays` as `packed` makes them of ordered texts, with `heads`."""
        super().__init__(arrays)
        self._heads = memoryview(arrays["heads"])  # the first eight bytes of each as a number

    def find(self, text: str) -> int:
        """The number of a text; -1 if it is not there."""
        wanted = encoded(text)
        number = self._first_from(wanted)
        is_there = number < self.base_count and self.encoded(number) == wanted
        return number if is_there else -1

    def first_from(self, text: str) -> int:
        """The number of the first text that is not before this one."""
        return self._first_from(encoded(text))

    def _first_from(self, wanted: bytes) -> int:
        head = int.from_bytes(wanted[:8].ljust(8, b"\0"), "big")
        low = bisect_left(self._heads, head)
        if len(wanted) <= 8 and b"\0" not in wanted:
            return low
        high = bisect_right(self._heads, head, lo=low)
        while low < high:
            middle = (low + high) // 2
            if self.encoded(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def encoded(text: str) -> bytes:
    """A text as it is stored and compared; also one that no file could hold, which is not there."""
    return text.encode("utf-8", "surrogatepass")


def packed(texts: list[bytes]) -> dict[str, np.ndarray]:
    """Encoded texts as arrays for Texts."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=starts[1:])
    return {"letters": np.frombuffer(b"".join(texts), np.uint8), "starts": starts}


def packed_in_order(texts: list[bytes]) -> dict[str, np.ndarray]:
    """Encoded texts, in order and each once, as arrays for Dictionary."""
    heads = np.array(texts, "S8") if texts else np.zeros(0, "S8")
    return packed(texts) | {"heads": heads.view(">u8").astype(np.uint64)}


def unpacked(arrays: Arrays) -> list[bytes]:
    """All texts of `packed` arrays."""
    letters, starts = arrays["letters"].tobytes(), arrays["starts"].tolist()
    return [letters[a:b] for a, b in pairwise(starts)]


def bitmap_of(numbers: np.ndarray) -> BitMap:
    """A bitmap of numbers; several times as fast as from the array itself."""
    if len(numbers) > MANY:
        return BitMap.deserialize(_as_bits(numbers))
    plain = array("I")
    plain.frombytes(np.ascontiguousarray(numbers, np.uint32).tobytes())
    return BitMap(plain)


def _as_bits(numbers: np.ndarray) -> bytes:
    """Many numbers in the portable format of roaring bitmaps, by way of one bit for each."""
    rows = int(numbers.max()) // CONTAINER + 1
    is_in = np.zeros(rows * CONTAINER, bool)
    is_in[numbers] = True
    bits = np.packbits(is_in, bitorder="little").reshape(rows, -1)
    counts = np.count_nonzero(is_in.reshape(rows, -1), axis=1)
    used = np.flatnonzero(counts)
    containers = [
        bits[row].tobytes()
        if counts[row] > SPARSE
        else np.flatnonzero(is_in[row * CONTAINER : (row + 1) * CONTAINER]).astype("<u2").tobytes()
        for row in used.tolist()
    ]
    heads = np.stack([used, counts[used] - 1], axis=1).astype("<u2")
    starts = 8 + 8 * len(used) + np.cumsum([0, *map(len, containers[:-1])])
    front = np.array([COOKIE, len(used)], "<u4")
    return b"".join([front.tobytes(), heads.tobytes(), starts.astype("<u4").tobytes(), *containers])


def ranges(firsts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The numbers of several ranges, one range after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(firsts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)


def places_of_largest(keys: np.ndarray, most: int) -> np.ndarray:
    """Where the `most` largest keys are, of equal ones the first; in no order."""
    if len(keys) <= most:
        return np.arange(len(keys))
    edge = np.partition(keys, len(keys) - most)[len(keys) - most]
    larger = np.flatnonzero(keys > edge)
    return np.concatenate([larger, np.flatnonzero(keys == edge)[: most - len(larger)]])


def numbers_in(listings: BitMap) -> np.ndarray:
    """The numbers of a bitmap, in order."""
    return np.frombuffer(listings.to_array(), np.uint32).astype(np.int64)

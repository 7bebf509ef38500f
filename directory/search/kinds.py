"""The postings of all parts made one: for each value of a kind, the numbers of its listings.

Work is cut into blocks, so that several processes share it and none holds more than a block.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from pyroaring import BitMap

from directory.search.arrays import Arrays
from directory.search.numbering import Numbering
from directory.search.parts import Part
from directory.search.postings import packed_bitmaps
from directory.search.tables import bitmap_of, packed_in_order, unpacked

BLOCK = 4_000_000  # Entries of a block, some 100 MB while it is worked on.


@dataclass(frozen=True)
class Block:
    """Values of a kind from `first` on, before `end` (None: to the last)."""

    kind: str
    first: bytes = b""
    end: bytes | None = None


def blocks_of(parts: list[Part], size: int = BLOCK) -> list[Block]:
    """All kinds, the large ones in several blocks of about `size` entries."""
    blocks = []
    for kind in kinds_of(parts):
        edges = [b"", *_edges(parts, kind, size)]
        ends = [*edges[1:], None]
        blocks += [Block(kind, first, end) for first, end in zip(edges, ends, strict=True)]
    return blocks


def kinds_of(parts: list[Part]) -> list[str]:
    """Every kind that any part has."""
    return sorted({kind for part in parts for kind in part.facts["kinds"]})


def _edges(parts: list[Part], kind: str, size: int) -> list[bytes]:
    """Values that cut a kind into blocks, judged by the part that has most of it."""
    having = [part.arrays for part in parts if kind in part.facts["kinds"]]
    total = sum(len(arrays[f"kinds/{kind}/serials"]) for arrays in having)
    count = -(-total // size)
    if count < 2:
        return []
    fullest = max(having, key=lambda arrays: len(arrays[f"kinds/{kind}/serials"]))
    values = unpacked({key: fullest[f"kinds/{kind}/{key}"] for key in ("letters", "starts")})
    ends = np.cumsum(fullest[f"kinds/{kind}/lengths"])
    wanted = np.linspace(0, int(ends[-1]), count + 1)[1:-1]
    places = np.searchsorted(ends, wanted)
    return sorted({values[place] for place in places.tolist()} - {b""})


def postings_of(
    parts: list[Part], numbering: Numbering, block: Block
) -> tuple[list[bytes], list[BitMap]]:
    """The values of a block in order, and the listings of each."""
    found = [
        (first, *cut)
        for first, part in zip(numbering.firsts, parts, strict=False)
        if block.kind in part.facts["kinds"] and (cut := _cut(part, block))[0]
    ]
    values = sorted({value for _first, some, _lengths, _serials in found for value in some})
    number_of_value = {value: number for number, value in enumerate(values)}
    keys = []
    for first, some, lengths, serials in found:
        own = np.fromiter((number_of_value[value] for value in some), np.uint64, len(some))
        numbers = numbering.number_of[serials.astype(np.int64) + first]
        keys.append(np.repeat(own << np.uint64(32), lengths) | numbers)
    merged = np.concatenate(keys) if keys else np.zeros(0, np.uint64)
    merged.sort()
    ends = np.searchsorted(merged, np.arange(1, len(values) + 1, dtype=np.uint64) << np.uint64(32))
    numbers = merged.astype(np.uint32)  # The lower half.
    starts = [0, *ends.tolist()]
    return values, [bitmap_of(numbers[a:b]) for a, b in pairwise(starts)]


def _cut(part: Part, block: Block) -> tuple[list[bytes], np.ndarray, np.ndarray]:
    """Values, lengths and serials of a part that belong to a block."""
    arrays = {
        key: part.arrays[f"kinds/{block.kind}/{key}"]
        for key in ("letters", "starts", "lengths", "serials")
    }
    values = unpacked(arrays)
    low = bisect_left(values, block.first)
    high = len(values) if block.end is None else bisect_left(values, block.end)
    ends = np.concatenate([[0], np.cumsum(arrays["lengths"])])
    return values[low:high], arrays["lengths"][low:high], arrays["serials"][ends[low] : ends[high]]


def stored_block(values: list[bytes], bitmaps: list[BitMap]) -> dict[str, np.ndarray]:
    """A block as arrays for StoredKind."""
    return packed_in_order(values) | packed_bitmaps(bitmaps)


def in_one(blocks: list[Arrays]) -> Iterator[tuple[str, Iterable[np.ndarray], type]]:
    """The blocks of a kind, in order, as the pieces of one: name, pieces, type."""
    yield "letters", (block["letters"] for block in blocks), np.uint8
    yield "starts", _shifted(blocks, "starts"), np.int64
    yield "heads", (block["heads"] for block in blocks), np.uint64
    yield "bitmaps", (block["bitmaps"] for block in blocks), np.uint8
    yield "bitmap_starts", _shifted(blocks, "bitmap_starts"), np.int64
    yield "counts", (block["counts"] for block in blocks), np.uint32


def _shifted(blocks: list[Arrays], name: str) -> Iterator[np.ndarray]:
    """Starts in several blobs as starts in one."""
    end = 0
    yield np.zeros(1, np.int64)
    for block in blocks:
        yield block[name][1:] + end
        end += int(block[name][-1])

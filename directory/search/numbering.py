"""The numbers of listings: along the map, so that a cell of it is one range of numbers."""

from dataclasses import dataclass

import numpy as np

from directory.search.parts import Part
from directory.search.tables import ranges, unpacked

AT_ONCE = 50_000  # Texts that are put in order in one go: some 20 MB meanwhile.
NO_POINT = np.uint64(1 << 63)  # Listings without a point are numbered last.


@dataclass
class Numbering:
    """Numbers by serial, and back; `firsts` has the serial that each part begins at."""

    number_of: np.ndarray  # uint32
    order: np.ndarray  # serials by number
    firsts: list[int]

    def __len__(self) -> int:
        return len(self.order)


def numbering_of(parts: list[Part]) -> Numbering:
    """Number all listings by their first point, those without last, equals by row id."""
    counts = [len(part) for part in parts]
    firsts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    codes = np.full(int(firsts[-1]), NO_POINT, np.uint64)
    for first, part in zip(firsts.tolist(), parts, strict=False):
        serials, places = np.unique(part.arrays["points/document"], return_index=True)
        codes[serials.astype(np.int64) + first] = part.arrays["points/code"][places]
    order = np.lexsort((joined(parts, "rows/organization_id"), codes)).astype(np.int64)
    number_of = np.empty(len(order), np.uint32)
    number_of[order] = np.arange(len(order), dtype=np.uint32)
    return Numbering(number_of, order, firsts.tolist())


def joined(parts: list[Part], name: str) -> np.ndarray:
    """One array of all parts."""
    return np.concatenate([part.arrays[name] for part in parts])


def table_of(
    parts: list[Part], numbering: Numbering, table: str, columns: list[str], by: str
) -> dict[str, np.ndarray]:
    """Rows that belong to listings, with their final numbers, in the order of a column."""
    found = {name: joined(parts, f"{table}/{name}") for name in columns}
    firsts = np.repeat(numbering.firsts[:-1], [len(p.arrays[f"{table}/document"]) for p in parts])
    serials = found["document"].astype(np.int64) + firsts.astype(np.int64)
    found["document"] = numbering.number_of[serials]
    order = np.lexsort((found["document"], found[by]))
    return {name: column[order] for name, column in found.items()}


def texts_in_order(parts: list[Part], numbering: Numbering, name: str) -> dict[str, np.ndarray]:
    """Texts of all listings by number, packed."""
    letters = joined(parts, f"{name}/letters")
    lengths = np.concatenate([np.diff(part.arrays[f"{name}/starts"]) for part in parts])
    firsts = (np.cumsum(lengths) - lengths)[numbering.order]
    lengths = lengths[numbering.order]
    pieces = [
        letters.take(ranges(firsts[start : start + AT_ONCE], lengths[start : start + AT_ONCE]))
        for start in range(0, len(lengths), AT_ONCE)
    ]
    return {
        "letters": np.concatenate([letters[:0], *pieces]),
        "starts": np.append(0, np.cumsum(lengths)),
    }


def all_texts(parts: list[Part], name: str) -> list[bytes]:
    """Texts of all listings by serial, encoded."""
    return [
        text
        for part in parts
        for text in unpacked({key: part.arrays[f"{name}/{key}"] for key in ("letters", "starts")})
    ]


def rows_of(parts: list[Part], numbering: Numbering, columns: list[str]) -> dict[str, np.ndarray]:
    """The rows of all listings by number; names that fold to the same share a rank."""
    folded = all_texts(parts, "folded")
    rank_of = {text: rank for rank, text in enumerate(sorted({*folded}))}
    ranks = np.fromiter((rank_of[text] for text in folded), np.float64, len(folded))
    found = {name: joined(parts, f"rows/{name}") for name in columns} | {"name_rank": ranks}
    return {name: column[numbering.order] for name, column in found.items()}


def orders_of(rows: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Listings in the orders that pages are shown in, equals by static rank and row id."""
    ids, static = rows["organization_id"], -rows["static"]
    return {
        "static": np.lexsort((ids, static)).astype(np.uint32),
        "name": np.lexsort((ids, static, rows["name_rank"])).astype(np.uint32),
        "confirmed": np.lexsort((ids, static, -rows["confirmed_on"])).astype(np.uint32),
    }

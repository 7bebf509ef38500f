"""Parts made one index: its arrays, in memory or in files."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from pyroaring import BitMap

from directory.models import CLAIMABLE_SCHEMES
from directory.search.arrays import Arrays, MemoryArrays, below
from directory.search.columns import CIRCLE_TYPES, KEY_TYPES, POINT_TYPES, ROW_TYPES
from directory.search.entries import OWN_FIELDS
from directory.search.expiring import Key, expiring_arrays
from directory.search.facet_rows import KINDS, facet_row_arrays, has_column
from directory.search.facts import fact_arrays
from directory.search.gazetteer import Gazetteer
from directory.search.index import terms_by_word
from directory.search.kinds import Block, blocks_of, in_one, postings_of, stored_block
from directory.search.lexicon import lexicon_arrays
from directory.search.numbering import (
    Numbering,
    joined,
    numbering_of,
    orders_of,
    rows_of,
    table_of,
    texts_in_order,
)
from directory.search.parts import Part
from directory.search.phrases import Phrases
from directory.search.postings import TERM, Postings, StoredKind
from directory.search.tables import encoded, unpacked

# Rows that fit after the base before a column must be copied to grow: changes until the next
# rebuild, several points and keys for each.
ROOM = {"rows": 16_384, "points": 32_768, "circles": 8_192, "keys": 65_536}
NAMES_READ = 50_000  # Names from which abbreviations are learnt: enough, and bounded memory.

Blocks = Callable[[list[Part], Numbering, list[Block]], Iterable[tuple[Block, Arrays]]]


def blocks_here(
    parts: list[Part], numbering: Numbering, blocks: list[Block]
) -> Iterable[tuple[Block, Arrays]]:
    """The stored postings of every block, made in this process."""
    for block in blocks:
        yield block, stored_block(*postings_of(parts, numbering, block))


def merge(
    parts: list[Part],
    phrases: Phrases,
    gazetteer: Gazetteer,
    sink: MemoryArrays,
    made: Blocks = blocks_here,
) -> dict:
    """Put the arrays of an index into `sink`; the facts that belong to them."""
    numbering = numbering_of(parts)
    blocks = made(parts, numbering, blocks_of(parts))
    rows = rows_of(parts, numbering, [*ROW_TYPES])  # From here on others work on the blocks.
    _add_tables(parts, numbering, rows, sink)
    gazetteer.load_facts(_paths(parts))
    kinds: dict[str, list[Arrays]] = {}
    for block, stored in blocks:
        kinds.setdefault(block.kind, []).append(stored)
    kinds["place"] = [_place_words(kinds, gazetteer)]
    sink.add_all(facet_row_arrays(_facet_postings(kinds), len(numbering)), "facets")
    counts = _word_counts(kinds, phrases)
    words = sorted(counts)
    for kind in sorted(kinds):
        for name, pieces, number_type in in_one(kinds[kind]):
            sink.add_pieces(f"postings/{kind}/{name}", pieces, number_type)
    word_counts = np.array([counts[word] for word in words], np.int64)
    sink.add_all(lexicon_arrays([word.decode() for word in words], word_counts), "lexicon")
    sink.add_all(fact_arrays(gazetteer.facts.values()), "places")
    return {
        "listings": len(numbering),
        "kinds": sorted(kinds),
        "abbreviations": _abbreviations(parts, counts, len(numbering)),
        "average_name_length": float(rows["name_length"].mean()) if len(numbering) else 3.0,
    }


def _add_tables(
    parts: list[Part], numbering: Numbering, rows: dict[str, np.ndarray], sink: MemoryArrays
) -> None:
    points = table_of(parts, numbering, "points", [*POINT_TYPES], "code")
    tables = {
        "rows": rows,
        "points": points,
        "circles": table_of(parts, numbering, "circles", [*CIRCLE_TYPES], "document"),
        "keys": table_of(parts, numbering, "keys", [*KEY_TYPES], "number"),
    }
    for table, columns in tables.items():
        for name, column in columns.items():
            sink.add(f"{table}/{name}", column, ROOM[table])
        sink.add(
            f"{table}/count", np.array([len(columns["document" if table != "rows" else "static"])])
        )
    by_document = np.argsort(points["document"], kind="stable")
    sink.add("points_by_document/rows", by_document.astype(np.uint32))
    counts = np.bincount(points["document"], minlength=len(numbering))
    sink.add("points_by_document/starts", np.append(0, np.cumsum(counts)).astype(np.uint32))
    by_id = np.argsort(rows["organization_id"])
    sink.add("by_id/ids", rows["organization_id"][by_id])
    sink.add("by_id/numbers", by_id.astype(np.uint32))
    sink.add_all(orders_of(rows), "orders")
    for name in ("names", "name_words", "slugs"):
        sink.add_all(texts_in_order(parts, numbering, name), name)
    sink.add_all(_expiring(parts, numbering), "expiring")


def _expiring(parts: list[Part], numbering: Numbering) -> dict[str, np.ndarray]:
    keys: dict[Key, int] = {}
    numbers = []
    for part in parts:
        own = [keys.setdefault(tuple(key), len(keys)) for key in part.facts["expiring"]]
        numbers.append(np.array(own, np.int64)[part.arrays["expiring/key"]])
    firsts = np.repeat(numbering.firsts[:-1], [len(p.arrays["expiring/key"]) for p in parts])
    serials = joined(parts, "expiring/document").astype(np.int64) + firsts.astype(np.int64)
    days = joined(parts, "expiring/day")
    return expiring_arrays([*keys], np.concatenate(numbers), numbering.number_of[serials], days)


def _paths(parts: list[Part]) -> set[str]:
    """The places that any listing lies in or serves."""
    kind = "kinds/around"
    having = [below(part.arrays, kind) for part in parts]
    return {path.decode() for arrays in having if arrays for path in unpacked(arrays)}


def _place_words(kinds: dict[str, list[Arrays]], gazetteer: Gazetteer) -> Arrays:
    """The words of places, for all listings that lie in them, beside those that are written."""
    having: dict[bytes, list[BitMap]] = {}
    for kind, words_of_value in (
        ("place", lambda word: (word,)),
        ("around", lambda path: fact.words if (fact := gazetteer.facts.get(path)) else ()),
    ):
        for block in kinds.get(kind, ()):
            stored = StoredKind(block)
            for number, value in enumerate(unpacked(block)):
                words = words_of_value(value.decode())
                listings = stored.at(number)[0] if words else None
                for word in words:
                    having.setdefault(encoded(word), []).append(listings)
    return _united(having)


def _united(having: dict[bytes, list[BitMap]]) -> Arrays:
    values = sorted(having)
    return stored_block(values, [BitMap.union(*having[value]) for value in values])


def _facet_postings(kinds: dict[str, list[Arrays]]) -> Iterator[tuple[str, str, BitMap]]:
    """What the rows of facets are made of: kind, value and who has it."""
    for kind in KINDS:
        for block in kinds.get(kind, ()):
            stored = StoredKind(block)
            for number, value in enumerate(unpacked(block)):
                if has_column(kind, value.decode()):
                    yield kind, value.decode(), stored.at(number)[0]


def _word_counts(kinds: dict[str, list[Arrays]], phrases: Phrases) -> dict[bytes, int]:
    """How many listings have a word, each field counted; of terms, who carries any of them."""
    counts: dict[bytes, int] = {}
    for field in OWN_FIELDS:
        for block in kinds.get(field, ()):
            for word, count in zip(unpacked(block), block["counts"].tolist(), strict=True):
                counts[word] = counts.get(word, 0) + count
    postings = Postings(
        {scheme: _whole(kinds[scheme]) for scheme in CLAIMABLE_SCHEMES if scheme in kinds},
        terms_by_word(phrases),
    )
    for word in postings.terms:
        if count := len(postings.get(TERM, word)):
            counts[encoded(word)] = counts.get(encoded(word), 0) + count
    return counts


def _whole(blocks: list[Arrays]) -> StoredKind:
    return StoredKind({name: np.concatenate([*pieces]) for name, pieces, _type in in_one(blocks)})


def _abbreviations(parts: list[Part], counts: dict[bytes, int], listings: int) -> dict[str, list]:
    """Initials of frequent runs of words in names, unless they are a word of their own."""
    runs: Counter = Counter()
    for part in parts:
        texts = unpacked({key: part.arrays[f"runs/{key}"] for key in ("letters", "starts")})
        runs.update(dict(zip(texts, part.arrays["runs/counts"].tolist(), strict=True)))
    needed = max(15, min(listings, NAMES_READ) / 5000)
    found: dict[str, list[str]] = {}
    frequent = [(-count, run.decode().split()) for run, count in runs.items() if count >= needed]
    for _count, run in sorted(frequent):
        initials = "".join(word[0] for word in run)
        if counts.get(encoded(initials), 0) < 5:
            found.setdefault(initials, run)
    return found

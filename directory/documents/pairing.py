"""Which part of one document is the same part in another: by its key, else by its likeness."""

from typing import Any

from directory.documents.difference import KEYS

Part = dict[str, Any]
Pair = tuple[int | None, int | None]
# What two parts without a key must share to be the same one, changed.
TELLING = ("name", "street", "postcode", "locality", "latitude", "place", "country", "kind")


def pairs(name: str, before: list[Part], after: list[Part]) -> list[Pair]:
    """The places of each part before and after; None on one side for a loss or a gain.

    Parts without a natural key (locations, areas) are paired where they are identical, then by
    what they share, then by their order if as many are left on both sides. An area is never
    another one, changed.
    """
    if name in KEYS:
        return _by_key(KEYS[name], before, after)
    found, left, new = _identical(before, after)
    if name != "service_areas":
        found += _alike(before, after, left, new)
        if len(left) == len(new):
            found += zip(left, new, strict=True)
            left, new = [], []
    return sorted(
        [*found, *((i, None) for i in left), *((None, j) for j in new)],
        key=lambda pair: (pair[0] is None, pair[0] if pair[0] is not None else pair[1]),
    )


def _by_key(columns: tuple[str, ...], before: list[Part], after: list[Part]) -> list[Pair]:
    places = {_key(part, columns): j for j, part in enumerate(after)}
    known = {_key(part, columns) for part in before}
    kept = [(i, places.get(_key(part, columns))) for i, part in enumerate(before)]
    gains = [(None, j) for j, part in enumerate(after) if _key(part, columns) not in known]
    return [*kept, *gains]


def _key(part: Part, columns: tuple[str, ...]) -> tuple:
    return tuple(part.get(column) or "" for column in columns)


def _identical(before: list[Part], after: list[Part]) -> tuple[list[Pair], list[int], list[int]]:
    found: list[Pair] = []
    new = list(range(len(after)))
    left = []
    for i, part in enumerate(before):
        same = next((j for j in new if after[j] == part), None)
        if same is None:
            left.append(i)
        else:
            new.remove(same)
            found.append((i, same))
    return found, left, new


def _alike(before: list[Part], after: list[Part], left: list[int], new: list[int]) -> list[Pair]:
    """The likest pairs first; takes them out of `left` and `new`."""
    likeness = {(i, j): _shared(before[i], after[j]) for i in left for j in new}
    found: list[Pair] = []
    for (i, j), shared in sorted(likeness.items(), key=lambda entry: (-entry[1], entry[0])):
        if shared > 1 and i in left and j in new:
            left.remove(i)
            new.remove(j)
            found.append((i, j))
    return found


def _shared(one: Part, other: Part) -> int:
    return sum(
        1 for name in TELLING if one.get(name) not in ("", None) and one[name] == other.get(name)
    )

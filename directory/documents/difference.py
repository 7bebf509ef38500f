"""What differs between two documents, field by field."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

# What makes two parts of a list the same part, so that a change of one is not a loss and a gain.
# No list may hold one of these keys twice.
KEYS = {
    "claims": ("scheme", "code", "asserted_by", "asserted_by_name", "source"),
    "identifiers": ("scheme", "value"),
    "sources": ("source", "external_id"),
    "links": ("url",),
}
# What makes two parts say the same, whoever says it.
SAYING = {"claims": ("scheme", "code")}


@dataclass(frozen=True)
class Change:
    """One field that differs: `path` from the top of the document, and both values.

    `before` or `after` is None where the field, or the part of a list it stands in, is not there.
    `is_said_besides`: what comes or goes is said by another part of the list all the while.
    """

    path: tuple[str | int, ...]
    before: Any
    after: Any
    is_said_besides: bool = False

    @property
    def field(self) -> str:
        """The top-level field it belongs to."""
        return str(self.path[0])

    @property
    def pointer(self) -> str:
        return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in self.path)


def difference(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The changes that turn one document into the other, in the order of the fields.

    Empty values and missing fields count as the same; 0 is a value. Lists of plain values are
    compared whole, parts with a natural key (claims, numbers, sources, links) by that key, other
    parts by place. Where keyed parts only stand in another order, one change tells the list's
    order: what both sides hold, as it stood and as it stands.
    """
    changes: list[Change] = []
    for name in dict.fromkeys([*before, *after]):
        _compare((name,), before.get(name), after.get(name), changes)
    return changes


def _compare(path: tuple, before: Any, after: Any, changes: list[Change]) -> None:
    if is_empty(before) and is_empty(after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            _compare((*path, name), before.get(name), after.get(name), changes)
    elif _has_parts(before) or _has_parts(after):
        _compare_parts(path, before or [], after or [], changes)
    elif before != after:
        changes.append(Change(path, before, after))


def _compare_parts(path: tuple, before: list, after: list, changes: list[Change]) -> None:
    old, new = _by_key(path[-1], before), _by_key(path[-1], after)
    for key, (position, part) in old.items():
        if key not in new:
            changes.append(Change((*path, position), part, None, _says(path[-1], after, part)))
    for key, (position, part) in new.items():
        if key not in old:
            changes.append(Change((*path, position), None, part, _says(path[-1], before, part)))
        else:
            _compare((*path, position), old[key][1], part, changes)
    stood, stands = [key for key in old if key in new], [key for key in new if key in old]
    if stood != stands:
        changes.append(Change(path, [old[key][1] for key in stood], [new[k][1] for k in stands]))


def _by_key(name: str | int, parts: list[dict]) -> dict[tuple, tuple[int, dict]]:
    """Parts and their places by key; the second part of the same key has a key of its own."""
    columns = KEYS.get(str(name), ())
    found: dict[tuple, tuple[int, dict]] = {}
    times: Counter[tuple] = Counter()
    for i, part in enumerate(parts):
        key = tuple(part.get(column) for column in columns) or (i,)
        times[key] += 1
        found[*key, times[key]] = (i, part)
    return found


def _says(name: str | int, parts: list[dict], part: dict) -> bool:
    """Whether one of the parts says the same as this one."""
    columns = SAYING.get(str(name), ())
    return bool(columns) and any(all(p.get(c) == part.get(c) for c in columns) for p in parts)


def _has_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: missing, false, or without content; 0 says something."""
    return value is None or value is False or value in ("", [], {})

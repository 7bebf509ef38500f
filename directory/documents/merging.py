"""Three documents side by side: what was, what somebody proposes, what is now.

A proposal is made from one document (`base`) and is another (`theirs`); meanwhile the listing may
say something else (`present`). `choices` lists what the proposal changes, piece by piece as one
decides about it; `merged` puts the chosen pieces into the present document and leaves the rest.
"""

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from directory.documents.difference import is_empty
from directory.documents.organization import (
    CLAIM,
    IDENTIFIER,
    LINK,
    LOCATION,
    ORGANIZATION,
    SERVICE_AREA,
    SOURCE_RECORD,
)
from directory.documents.pairing import pairs

Document = dict[str, Any]
# Members of a location that only make sense together.
ADDRESS = ("street", "postcode", "locality", "region", "country", "place", "latitude", "longitude")
# Lists of plain values, of which each entry stands for itself.
SETS = ("other_names", "further_languages")
LISTS = ("locations", "service_areas", "claims", "identifiers", "sources", "links")
MAPS = ("governance", "translations")
# A stored document comes back in an order of the database's own; pieces have one of theirs.
KINDS = (ORGANIZATION, LOCATION, SERVICE_AREA, CLAIM, IDENTIFIER, SOURCE_RECORD, LINK)
RANKS = {
    name: rank for rank, name in enumerate(dict.fromkeys(n for kind in KINDS for n in kind.members))
}


@dataclass(frozen=True)
class Choice:
    """One piece that a proposal changes, with its value in all three documents.

    `path` leads to it in the document it is named after: `theirs`, or `base` where it is taken
    out there. A value is None where the piece, or the part it stands in, is not there.
    """

    code: str
    path: tuple[str | int, ...]
    members: tuple[str, ...]
    base: Any
    theirs: Any
    present: Any
    place: int | None = None  # Of its part in the present document.
    gone: Document | None = None  # Its part as it was, where that is not there any more.
    part: Document | None = None  # Of a list: the part it stands in, as it is or was in `path`.

    @property
    def field(self) -> str:
        """The top-level field it belongs to."""
        return str(self.path[0])

    @property
    def is_gain(self) -> bool:
        return is_empty(self.base)

    @property
    def is_loss(self) -> bool:
        return is_empty(self.theirs)

    @property
    def is_done(self) -> bool:
        """Whether the listing says so already."""
        return _same(self.present, self.theirs)

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else changed just this piece since."""
        if self.field in SETS:
            return False
        return not self.is_done and not _same(self.present, self.base)


def choices(base: Document, theirs: Document, present: Document) -> list[Choice]:
    """What `theirs` changes of `base`, in the order of the fields; codes hold for ever.

    They are numbered by base and theirs alone, which never change; `present` may.
    """
    found: list[Choice] = []
    for name in _in_order(base, theirs):
        if name in LISTS:
            found += _of_list(name, base, theirs, present)
        elif name in MAPS:
            found += _of_map((name,), base.get(name), theirs.get(name), present.get(name))
        else:
            found += _of_value((name,), base.get(name), theirs.get(name), present.get(name))
    return [replace(choice, code=f"c{i}") for i, choice in enumerate(found)]


def merged(present: Document, chosen: list[Choice]) -> Document:
    """A copy of the present document with the chosen pieces as they were proposed."""
    document = deepcopy(present)
    gone: dict[str, list[int]] = {}
    restored: list[tuple[Document, Document]] = []
    for choice in chosen:
        if choice.is_done:
            continue
        if choice.field not in LISTS:
            _put_value(document, choice)
        elif choice.gone is not None:
            _restored_part(document, choice, restored).update(choice.theirs)
        elif choice.place is None:
            if not choice.is_loss:
                _add_part(document, choice)
        elif choice.members:
            part = document[choice.field][choice.place]
            part.update(_values(choice.theirs, choice.members))
        elif choice.is_loss:
            gone.setdefault(choice.field, []).append(choice.place)
    for name, positions in gone.items():
        document[name] = [p for i, p in enumerate(document[name]) if i not in positions]
    return document


def _of_value(path: tuple, base: Any, theirs: Any, present: Any) -> list[Choice]:
    if _same(base, theirs):
        return []
    return [Choice("", path, (), base, theirs, present)]


def _of_map(path: tuple, base: Any, theirs: Any, present: Any) -> list[Choice]:
    """Members of a map, and of maps within it, each by itself."""
    base, theirs, present = base or {}, theirs or {}, present or {}
    found: list[Choice] = []
    for name in _in_order(base, theirs):
        values = base.get(name), theirs.get(name), present.get(name)
        if any(isinstance(value, dict) for value in values):
            found += _of_map((*path, name), *values)
        else:
            found += _of_value((*path, name), *values)
    return found


def _of_list(name: str, base: Document, theirs: Document, present: Document) -> list[Choice]:
    before, after, now = base.get(name) or [], theirs.get(name) or [], present.get(name) or []
    places = {i: j for i, j in pairs(name, before, now) if i is not None}
    found = []
    for i, j in pairs(name, before, after):
        place = places.get(i) if i is not None else None
        here = now[place] if place is not None else None
        if i is None:
            found.append(_gain(name, j, after[j], now))
        elif j is None:
            found.append(Choice("", (name, i), (), before[i], None, here, place, part=before[i]))
        else:
            found += _of_part(name, j, before[i], after[j], here, place)
    return found


def _gain(name: str, j: int, part: dict, now: list[dict]) -> Choice:
    """A part that was added; it may have been added by somebody else as well."""
    place = next((n for m, n in pairs(name, [part], now) if m == 0), None)
    if place is not None and not _same(now[place], part):
        place = place if name not in ("locations", "service_areas") else None
    here = now[place] if place is not None else None
    members = tuple(part) if here else ()
    return Choice("", (name, j), members, None, part, here, place, part=part)


def _of_part(
    name: str, j: int, base: dict, theirs: dict, present: dict | None, place: int | None
) -> list[Choice]:
    found = []
    for members in _groups(name, base, theirs):
        old, new = _values(base, members), _values(theirs, members)
        if _same(old, new):
            continue
        here = _values(present, members) if present is not None else None
        path = (name, j) if len(members) > 1 else (name, j, members[0])
        gone = base if present is None else None
        found.append(Choice("", path, members, old, new, here, place, gone, theirs))
    return found


def _groups(name: str, base: dict, theirs: dict) -> list[tuple[str, ...]]:
    members = _in_order(base, theirs)
    if name != "locations":
        return [(member,) for member in members]
    address = tuple(member for member in ADDRESS if member in members)
    return [address, *((member,) for member in members if member not in ADDRESS)]


def _values(part: dict, members: tuple[str, ...]) -> dict[str, Any]:
    return {member: part.get(member) for member in members}


def _put_value(document: Document, choice: Choice) -> None:
    *way, last = choice.path
    inside = document
    for name in way:
        inside = inside.setdefault(name, {})
    if choice.field in SETS:
        inside[last] = _set_merged(choice)
    elif choice.theirs is None and way:
        inside.pop(last, None)
    else:
        inside[last] = choice.theirs


def _set_merged(choice: Choice) -> list:
    base, theirs, present = choice.base or [], choice.theirs or [], choice.present or []
    kept = [value for value in present if value in theirs or value not in base]
    return [*kept, *(v for v in theirs if v not in base and v not in kept)]


def _add_part(document: Document, choice: Choice) -> None:
    parts = document[choice.field] = document.get(choice.field) or []
    if choice.theirs not in parts:
        parts.append(deepcopy(choice.theirs))


def _restored_part(
    document: Document, choice: Choice, restored: list[tuple[Document, Document]]
) -> Document:
    """The part that is gone, put back as it was; once, however many pieces of it are chosen."""
    found = next((part for was, part in restored if was is choice.gone), None)
    if found is None:
        found = deepcopy(choice.gone)
        document[choice.field] = [*(document.get(choice.field) or []), found]
        restored.append((choice.gone, found))
    return found


def _in_order(one: Document, other: Document) -> list[str]:
    """The names that stand in either, in the order in which they are read."""
    return sorted({*one, *other}, key=lambda name: (RANKS.get(name, len(RANKS)), name))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_same(one.get(name), other.get(name)) for name in {*one, *other})
    return (is_empty(one) and is_empty(other)) or one == other

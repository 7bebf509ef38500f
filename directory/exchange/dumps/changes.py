"""What is different from the dump before: listings added, changed and removed.

Each dump leaves one line for each of its listings: row id, permanent id, and a mark of what the file
said of it. Both lists are in the order of row ids, so they are compared in one walk, whatever their
length.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.exchange.dumps.fields import UID, Field, Table

FILE = "fingerprints.txt"
CHANGES = Table(
    "changes",
    "What is different from the dump before; the documents of what was added or changed are in "
    "changes.ndjson.",
    [
        Field("id", is_required=True, pattern=UID),
        Field("change", codes=["added", "changed", "removed"]),
    ],
    key=["id"],
)


@dataclass(frozen=True)
class Mark:
    """What is remembered of a listing in a dump."""

    pk: int
    uid: str
    digest: str

    def __str__(self) -> str:
        return f"{self.pk} {self.uid} {self.digest}\n"


def digest_of(line: str) -> str:
    """Changes with the line."""
    return hashlib.blake2b(line.encode(), digest_size=12).hexdigest()


class Before:
    """The dump before, walked once along the listings of the new one."""

    def __init__(self, path: Path) -> None:
        self._lines = _marks(path)
        self.version = next(self._lines, None)
        self._next = next(self._lines, None)

    @property
    def is_known(self) -> bool:
        """Whether there was a dump before."""
        return self.version is not None

    def up_to(self, mark: Mark) -> Iterator[tuple[str, str]]:
        """Ids and changes up to this listing, it included."""
        if not self.is_known:
            return
        yield from self._removed(before=mark.pk)
        if self._next is None or self._next.pk != mark.pk:
            yield mark.uid, "added"
            return
        if self._next.digest != mark.digest:
            yield mark.uid, "changed"
        self._next = next(self._lines, None)

    def rest(self) -> Iterator[tuple[str, str]]:
        """Those after the last listing."""
        yield from self._removed(before=None)

    def _removed(self, *, before: int | None) -> Iterator[tuple[str, str]]:
        while self._next is not None and (before is None or self._next.pk < before):
            yield self._next.uid, "removed"
            self._next = next(self._lines, None)


def _marks(path: Path) -> Iterator:
    """First the version of the dump, then its marks; nothing where there was none."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        yield file.readline().strip()
        for line in file:
            pk, uid, digest = line.split()
            yield Mark(int(pk), uid, digest)

"""What is different from the day before: listings added, changed and removed.

The first dump of a day leaves one line for each of its listings: row id, permanent id, and a mark of
what the file said of it. Lists are in the order of row ids, so two are compared in one walk, whatever
their length. Further dumps of a day compare with the day before as well, and leave no marks: whoever
takes one each night reads of everything since the last night, however many were written in between.
"""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.exchange.dumps.fields import UID, Field, Table

FILE = "fingerprints.txt"  # Of the first dump of the latest day that had one …
FILE_BEFORE = "fingerprints-before.txt"  # … and of the day before that one.
CHANGES = Table(
    "changes",
    "What is different from the first dump of the day before (`changes_since` of datapackage.json); "
    "the documents of what was added or changed are in changes.ndjson.",
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


def day_of(path: Path) -> datetime.date | None:
    """The day of the dump that left these marks; None where there are none."""
    version = next(_marks(path), None)
    return version and datetime.date.fromisoformat(version[:10])


def marks_before(folder: Path, day: datetime.date) -> Path:
    """The marks with which a dump of this day is compared: of an earlier day, where there are any."""
    latest, before = folder / FILE, folder / FILE_BEFORE
    is_of_today = day_of(latest) in (None, day)
    return before if is_of_today and before.exists() else latest


def keep_marks(fresh: Path, folder: Path) -> None:
    """Keep the marks of a dump that was written, where it is the first of its day."""
    latest, before = folder / FILE, folder / FILE_BEFORE
    day = day_of(latest)
    if day == day_of(fresh):
        return
    if day is not None:  # Killed here, the next dump finds them under the other name.
        latest.replace(before)
    fresh.replace(latest)


class Before:
    """A dump of before, walked once along the listings of the new one."""

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

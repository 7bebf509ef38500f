"""The folder of dumps: finished ones by their version, the one being built, and what is kept.

A dump is written in a folder of its own, beside the finished ones, and gets its name by one rename:
whoever looks sees all of it or nothing, also after a kill. A version is the day, with a number
behind it from the second of a day on: 2026-11-27, 2026-11-27.2.
"""

import datetime
import fcntl
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from directory.exchange.dumps.changes import keep_marks
from directory.search.arrays import sync_folder

BUILDING, LOCK, DESCRIPTOR, SUMS = "building-", "lock", "datapackage.json", "SHA256SUMS"
VERSION = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d{1,4}))?")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")


class Busy(Exception):
    """Another process builds a dump."""


@dataclass(frozen=True)
class Dump:
    """A finished dump."""

    folder: Path

    @property
    def version(self) -> str:
        return self.folder.name

    @property
    def order(self) -> tuple[str, int]:
        """Later versions are greater."""
        day, number = VERSION.fullmatch(self.version).groups()
        return day, int(number or 1)

    @property
    def day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.order[0])

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """Its datapackage.json."""
        return json.loads((self.folder / DESCRIPTOR).read_text(encoding="utf-8"))

    @property
    def begun_at(self) -> datetime.datetime:
        """When its writing began: what changed since is not in it."""
        return datetime.datetime.fromisoformat(self.descriptor["created"].replace("Z", "+00:00"))

    @property
    def archive(self) -> Path:
        """All of it in one file."""
        return next(self.folder.glob("*.zip"))

    @cached_property
    def sums(self) -> dict[str, str]:
        """SHA-256 of its files by their names."""
        lines = (self.folder / SUMS).read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, _blank, name in (line.partition("  ") for line in lines)}

    def file(self, name: str) -> Path | None:
        """One of its files; None where it has none of this name."""
        path = self.folder / name
        return path if NAME.fullmatch(name) and path.is_file() else None


def shelf() -> Path:
    """Where dumps are kept."""
    return Path(settings.DUMPS_DIR)


def dumps() -> list[Dump]:
    """All finished dumps, the latest first."""
    if not shelf().is_dir():
        return []
    found = [Dump(path) for path in shelf().iterdir() if VERSION.fullmatch(path.name)]
    return sorted(found, key=lambda dump: dump.order, reverse=True)


def dump_of(version: str) -> Dump | None:
    """The dump of a version; None where there is none."""
    path = shelf() / version
    return Dump(path) if VERSION.fullmatch(version) and path.is_dir() else None


@contextmanager
def building() -> Iterator[Path]:
    """An empty folder to write a dump in, while no other process may. Raises Busy.

    What a killed build left behind is removed first; the lock ends with its process.
    """
    shelf().mkdir(parents=True, exist_ok=True)
    with (shelf() / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(f"a dump is being written in {shelf()} by another process") from error
        for left in shelf().glob(f"{BUILDING}*"):
            shutil.rmtree(left, ignore_errors=True)
        place = shelf() / f"{BUILDING}{uuid4().hex}"
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def next_version(day: datetime.date) -> str:
    """The version that a dump of this day gets."""
    numbers = [dump.order[1] for dump in dumps() if dump.day == day]
    return f"{day}.{max(numbers) + 1}" if numbers else f"{day}"


def publish(place: Path, version: str, fingerprints: Path) -> Dump:
    """Give a finished dump its name; call while `building`."""
    sync_folder(place)
    place.rename(shelf() / version)
    keep_marks(fingerprints, shelf())
    sync_folder(shelf())
    tidy()
    return Dump(shelf() / version)


def tidy() -> None:
    """Keep what the policy keeps: the last of each of seven days and of twelve months.

    The latest DUMPS_KEPT_WHOLE have each file by itself, the older ones their archive.
    """
    found = dumps()
    kept = {*found[: settings.DUMPS_KEPT_WHOLE]}
    kept |= _last_of(found, lambda dump: dump.order[0], settings.DUMPS_KEPT_DAYS)
    kept |= _last_of(found, lambda dump: dump.order[0][:7], settings.DUMPS_KEPT_MONTHS)
    remove(dump for dump in found if dump not in kept)
    for dump in [dump for dump in found if dump in kept][settings.DUMPS_KEPT_WHOLE :]:
        needed = {dump.archive.name, DESCRIPTOR, SUMS}
        for path in dump.folder.iterdir():
            if path.name not in needed:
                path.unlink()


def remove(some: Iterable[Dump]) -> int:
    """Delete dumps, each gone at once for whoever looks; how many there were."""
    count = 0
    for dump in list(some):
        grave = shelf() / f"{BUILDING}{uuid4().hex}"
        dump.folder.rename(grave)
        shutil.rmtree(grave)
        count += 1
    return count


def _last_of(found: list[Dump], of: Any, most: int) -> set[Dump]:
    """The latest dump of each of the last so many days or months that have one."""
    latest: dict[str, Dump] = {}
    for dump in found:
        latest.setdefault(of(dump), dump)
    return {latest[key] for key in sorted(latest, reverse=True)[:most]}

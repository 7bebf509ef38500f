"""Segments: the index of a database in a folder on this host, shared by its processes.

The folder of a database holds segments, each a folder of arrays, and the file CURRENT with the name
of the one to use. A new segment is written beside the others, named in CURRENT by one rename, and
only then are the older ones removed; processes that still have one mapped keep it until they let
go. Whatever a killed build left behind, the next one removes.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection

from directory.search.arrays import Damaged, sync_folder

CURRENT, LOCK = "CURRENT", "lock"
SEGMENT, BUILDING = "segment-", "building-"
NAME = re.compile(rf"{SEGMENT}[0-9a-f]+")


class Busy(Exception):
    """Another process on this host is building."""


def database_name() -> str:
    """What tells the database in use from every other."""
    parts = connection.settings_dict
    return "|".join([connection.vendor, *(str(parts[key]) for key in ("HOST", "PORT", "NAME"))])


def folder_of_database() -> Path:
    """Where the segments of the database in use are."""
    return _folder_of(settings.SEARCH_INDEX_DIR, database_name())


@lru_cache(maxsize=16)
def _folder_of(directory: Path | str, database: str) -> Path:
    readable = re.sub(r"[^a-z0-9]+", "-", Path(database.split("|")[-1]).stem.lower()).strip("-")
    return Path(directory) / f"{readable}-{blake2b(database.encode(), digest_size=6).hexdigest()}"


def stamp_of(folder: Path) -> tuple[int, ...] | None:
    """Changes whenever another segment becomes the current one; None while there is none."""
    try:
        status = os.stat(f"{folder}/{CURRENT}")
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_ino, status.st_size)


def current_segment(folder: Path) -> Path:
    """The folder of the segment to use. Raises Damaged where none is named."""
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise Damaged(f"{folder / CURRENT} cannot be read: {error}") from error
    if not NAME.fullmatch(name):
        raise Damaged(f"{folder / CURRENT} names no segment")
    return folder / name


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """An empty folder to build a segment in, while no other process may. Raises Busy.

    The lock ends with this process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(f"the index in {folder} is being built by another process") from error
        _remove_all_but_current(folder)
        place = folder / f"{BUILDING}{uuid4().hex}"
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def is_being_built(folder: Path) -> bool:
    """Whether a process of this host is building now."""
    try:
        with (folder / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def make_current(folder: Path, segment: Path) -> Path:
    """Let a finished segment be the one to use, and remove the others; call while `building`."""
    place = folder / f"{SEGMENT}{uuid4().hex}"
    segment.rename(place)
    sync_folder(folder)
    draft = folder / f"{CURRENT}.new"
    with draft.open("w", encoding="utf-8") as file:
        file.write(place.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / CURRENT)
    sync_folder(folder)
    _remove_all_but_current(folder)
    return place


def _remove_all_but_current(folder: Path) -> None:
    try:
        kept = current_segment(folder).name
    except Damaged:
        kept = ""
    for path in folder.iterdir():
        if path.name.startswith((SEGMENT, BUILDING)) and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)

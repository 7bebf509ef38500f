"""Named arrays, gathered in memory or kept in a folder that is mapped back in.

A folder holds `arrays.bin`, all arrays one after the other, and `contents.json`, which says where
each is and what the file's size and checksum must be. Whoever opens it learns of any damage at
once, and gets views of the file: nothing is copied, and processes share the pages. What a process
writes into its views (see `room`) stays its own.
"""

import json
import mmap
import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

Arrays = Mapping[str, np.ndarray]

FORMAT = 3  # Raised whenever the same name means something else: older folders are made anew.
DATA, CONTENTS = "arrays.bin", "contents.json"
ALIGNED = 64  # Bytes; arrays begin where a cache line does.
READ_AT_ONCE = 1 << 22  # Bytes of the file that are checked in one go.


class Damaged(Exception):
    """A folder cannot be used; the message says why."""


class Newer(Damaged):
    """A folder was written by a newer version of this program, and is of use to that."""


class MemoryArrays:
    """Takes arrays in and keeps them."""

    def __init__(self) -> None:
        self.arrays: dict[str, np.ndarray] = {}

    def add(self, name: str, array: np.ndarray, room: int = 0) -> None:
        """Keep an array; `room` is for files, in memory a column grows by being copied."""
        self.arrays[name] = array

    def add_all(self, arrays: Arrays, below: str = "") -> None:
        """Keep several, under a common name."""
        for name, array in arrays.items():
            self.add(f"{below}/{name}" if below else name, array)

    def add_pieces(self, name: str, pieces: Iterable[np.ndarray], kind: type) -> None:
        """Keep one array that comes in pieces."""
        self.add(name, np.concatenate([np.zeros(0, kind), *pieces]))


class FileArrays(MemoryArrays):
    """Takes arrays in and writes them to a folder; nothing is to be read before `finish`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._file = (folder / DATA).open("wb")
        self._contents: dict[str, list] = {}
        self._checksum = 0

    def add(self, name: str, array: np.ndarray, room: int = 0) -> None:
        """Write an array, with room for so many more of its numbers after it."""
        start = self._begin()
        self._write(np.ascontiguousarray(array))
        self._write(np.zeros(room, array.dtype))
        self._contents[name] = [array.dtype.str, start, len(array) + room]

    def add_pieces(self, name: str, pieces: Iterable[np.ndarray], kind: type) -> None:
        """Write one array that comes in pieces."""
        start, count = self._begin(), 0
        for piece in pieces:
            self._write(np.ascontiguousarray(piece, kind))
            count += len(piece)
        self._contents[name] = [np.dtype(kind).str, start, count]

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the contents, with further facts, and see that all of it is on the disk."""
        size = self._file.tell()
        self._sync(self._file)
        self._file.close()
        inner = {
            "format": FORMAT,
            "size": size,
            "checksum": self._checksum,
            "arrays": self._contents,
            "facts": facts,
        }
        text = json.dumps(inner, sort_keys=True)
        with (self.folder / CONTENTS).open("w", encoding="utf-8") as file:
            json.dump({"checksum": zlib.crc32(text.encode()), "contents": text}, file)
            self._sync(file)
        sync_folder(self.folder)

    def _begin(self) -> int:
        self._write(np.zeros(-self._file.tell() % ALIGNED, np.uint8))
        return self._file.tell()

    def _write(self, array: np.ndarray) -> None:
        if len(array):
            data = memoryview(array).cast("B")
            self._file.write(data)
            self._checksum = zlib.crc32(data, self._checksum)

    @staticmethod
    def _sync(file: Any) -> None:
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_facts(folder: Path) -> dict[str, Any]:
    """What was written beside the arrays. Raises Damaged."""
    return _contents_of(folder)["facts"]


def open_arrays(folder: Path, *, is_checked: bool = True) -> tuple[dict[str, np.ndarray], dict]:
    """The arrays of a folder, mapped, and its facts. Raises Damaged.

    `is_checked` reads the whole file against its checksum, about 0.3 s for 500 MB.
    """
    contents = _contents_of(folder)
    try:
        with (folder / DATA).open("rb") as file:
            _check(file, contents, is_checked=is_checked)
            size = contents["size"]
            whole = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY) if size else b""
    except OSError as error:
        raise Damaged(f"{folder / DATA} cannot be read: {error}") from error
    arrays = {
        name: np.frombuffer(whole, kind, count, start) if count else np.zeros(0, kind)
        for name, (kind, start, count) in contents["arrays"].items()
    }
    return arrays, contents["facts"]


def _contents_of(folder: Path) -> dict[str, Any]:
    try:
        outer = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        text, checksum = outer["contents"], outer["checksum"]
        contents = json.loads(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{folder / CONTENTS} cannot be read: {error}") from error
    if zlib.crc32(text.encode()) != checksum:
        raise Damaged(f"{folder / CONTENTS} has changed since it was written")
    if (found := contents.get("format")) != FORMAT:
        fault = Newer if isinstance(found, int) and found > FORMAT else Damaged
        raise fault(f"{folder} has format {found}, {FORMAT} is needed")
    return contents


def _check(file: Any, contents: dict[str, Any], *, is_checked: bool) -> None:
    size = os.fstat(file.fileno()).st_size
    if size != contents["size"]:
        raise Damaged(f"{file.name} has {size} bytes, {contents['size']} were written")
    if is_checked:
        checksum = 0
        while data := file.read(READ_AT_ONCE):
            checksum = zlib.crc32(data, checksum)
        if checksum != contents["checksum"]:
            raise Damaged(f"{file.name} has changed since it was written")


def below(arrays: Arrays, name: str) -> dict[str, np.ndarray]:
    """The arrays under a common name, by the rest of their names."""
    start = f"{name}/"
    return {key[len(start) :]: array for key, array in arrays.items() if key.startswith(start)}

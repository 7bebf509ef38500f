"""Files of a dump while they are written: counted, hashed, and safe on the disk before they count."""

import csv
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

PIECE = 1 << 20


class Draft:
    """A file being written; its size and SHA-256 grow along."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.bytes = 0
        self._hash = hashlib.sha256()
        self._file = path.open("wb", buffering=1 << 18)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: Any) -> None:
        self.close()

    def write(self, text: str) -> None:
        """Write a text; a csv.writer does it through this too."""
        data = text.encode()
        self._hash.update(data)
        self.bytes += len(data)
        self._file.write(data)

    @property
    def sha256(self) -> str:
        """In hexadecimal, of what was written so far."""
        return self._hash.hexdigest()

    def close(self) -> None:
        """See that it is on the disk."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()


class TableDraft(Draft):
    """A CSV file being written."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        super().__init__(path)
        self.add = csv.writer(self).writerow
        self.add(columns)


def pieces(path: Path) -> Iterator[bytes]:
    """A file, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    for piece in pieces(path):
        found.update(piece)
    return found.hexdigest()

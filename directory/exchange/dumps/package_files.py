"""A dump that somebody has: a folder or a zip of it, whose checksums are tried before it is read."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from directory.exchange.dumps.files import PIECE
from directory.exchange.dumps.shelf import DESCRIPTOR, NAME, SUMS

DOCUMENTS, LISTINGS, SOURCES = "organizations.ndjson", "organizations.csv", "sources.csv"
NEEDED = (DESCRIPTOR, SOURCES, LISTINGS, DOCUMENTS)
# Dumps of earlier versions lack the second; whoever copies files by hand may leave out either.
TOMBSTONES, ADDRESS_WORDS = "tombstones.csv", "address_words.csv"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class UnreadableDump(ValueError):
    """What was given is no whole, undamaged dump; the message names file, line and field."""


class Folder:
    """The files of a dump, each by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sizes = {each.name: each.stat().st_size for each in path.iterdir() if each.is_file()}

    def open(self, name: str) -> BinaryIO:
        """One of its files, to be read."""
        return (self.path / name).open("rb")


class Archive:
    """The files of a dump in a zip: read as a stream, never unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.sizes = {entry.filename: entry.file_size for entry in archive.infolist()}

    def open(self, name: str) -> BinaryIO:
        """One of its files, to be read."""
        return self.archive.open(name)


class Package:
    """A dump as it came."""

    def __init__(self, files: Folder | Archive) -> None:
        self.files = files
        for name in (SUMS, *NEEDED):
            if name not in files.sizes:
                raise UnreadableDump(f"{name} is missing: this is no whole dump.")

    @cached_property
    def sums(self) -> dict[str, str]:
        """SHA-256 of its files by their names, as SHA256SUMS has them."""
        found = {}
        with self.opened(SUMS) as file:
            for number, line in enumerate(file.read(PIECE).decode("utf-8", "replace").splitlines()):
                digest, _blank, name = line.partition("  ")
                if not NAME.fullmatch(name) or len(digest) != hashlib.sha256().digest_size * 2:
                    raise UnreadableDump(
                        f"{SUMS}, line {number + 1}: {line[:80]!r} is no checksum; it looks like "
                        "64 digits, two blanks and the name of a file."
                    )
                found[name] = digest
        return found

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """Its datapackage.json."""
        with self.opened(DESCRIPTOR) as file:
            return object_in(file.read(PIECE), DESCRIPTOR)

    def has(self, name: str) -> bool:
        """Whether a file is there that a dump may lack."""
        return name in self.files.sizes

    @property
    def size(self) -> int:
        """How many bytes `check` reads."""
        return sum(self.files.sizes.get(name, 0) for name in self.sums)

    def check(self) -> Iterator[int]:
        """Try the checksums of all files that are here; gives out how many bytes are read.

        Raises UnreadableDump at the first that does not hold.
        """
        for name in (*NEEDED, *filter(self.has, (TOMBSTONES, ADDRESS_WORDS))):
            if name not in self.sums:
                raise UnreadableDump(f"{SUMS} has no checksum of {name}.")
        done = 0
        for name, digest in self.sums.items():
            if name not in self.files.sizes:
                continue  # The zip is not in itself, and nobody needs the map here.
            found = hashlib.sha256()
            with self.opened(name) as file:
                while piece := file.read(PIECE):
                    found.update(piece)
                    done += len(piece)
                    yield done
            if found.hexdigest() != digest.lower():
                raise UnreadableDump(
                    f"{name} is damaged: its SHA-256 is {found.hexdigest()}, and {SUMS} says "
                    f"{digest}. Nothing was loaded. Download it again."
                )

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """One of its files. Raises UnreadableDump where it cannot be read to its end."""
        try:
            with self.files.open(name) as file:
                yield file
        except UNREADABLE as error:
            raise UnreadableDump(f"{name} cannot be read: {error}.") from error


def object_in(text: bytes, where: str) -> dict[str, Any]:
    """The JSON object in a text. Raises UnreadableDump, naming `where` it stands."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDump(f"{where}: this is no JSON ({error}).") from error
    if not isinstance(found, dict):
        raise UnreadableDump(f"{where}: this must be a JSON object.")
    return found


@contextmanager
def package_at(path: Path) -> Iterator[Package]:
    """The dump in a folder or zip; of a folder with a zip and no listings, that zip.

    Raises UnreadableDump.
    """
    if path.is_dir():
        zips = sorted(path.glob("*.zip"))
        if (path / DOCUMENTS).exists() or len(zips) != 1:
            yield Package(Folder(path))
            return
        path = zips[0]  # An older dump is kept as that.
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise UnreadableDump(
            f"{path} cannot be read: {error}. Name the folder of a dump, or its zip."
        ) from error
    with archive:
        yield Package(Archive(archive))

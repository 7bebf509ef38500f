"""Writing a dump: one walk over the listings, all files along the way."""

import datetime
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import slugify

from directory.exchange.collecting import seldom_collecting
from directory.exchange.documents_file import line_of
from directory.exchange.dumps import gone, package, reference, shelf, words
from directory.exchange.dumps.changes import (
    CHANGES,
    FILE,
    Before,
    Mark,
    digest_of,
    marks_before,
)
from directory.exchange.dumps.fields import Table
from directory.exchange.dumps.files import Draft, TableDraft, pieces, sha256_of
from directory.exchange.dumps.table_rows import rows_of
from directory.exchange.dumps.tables import LISTING_TABLES
from directory.exchange.geojson import feature
from directory.exchange.licences import Licences
from directory.exchange.listed import Listed, Listings
from directory.exchange.reading_ahead import read_ahead
from directory.exchange.rows import Rows, as_json
from directory.models import Scheme

LISTINGS_AT_ONCE = 1_000  # Between two signs of life.
NDJSON, GEOJSON = "application/x-ndjson", "application/geo+json"


def build() -> Iterator[int]:
    """Write a dump and publish it; gives out how many listings are written, again and again.

    Whoever stops asking stops the writing, and nothing is published. Raises shelf.Busy.
    """
    begun_at = timezone.now()
    with shelf.building() as place, seldom_collecting():
        version = shelf.next_version(timezone.localdate(begun_at))
        draft = Drafts(place / "files", version, begun_at)
        yield from draft.write_listings()
        draft.write_reference()
        draft.write_about()
        yield draft.count
        for _piece in draft.archive():
            yield draft.count
        shelf.publish(draft.folder, version, place / FILE)
    yield draft.count


class Drafts:
    """The files of one dump while they are written."""

    def __init__(self, folder: Path, version: str, begun_at: datetime.datetime) -> None:
        folder.mkdir()
        self.folder, self.version, self.begun_at = folder, version, begun_at
        with translation.override("en"):  # As all texts in it.
            self.licences = Licences()
        self.listings = Listings(self.licences)
        self.rows = Rows(self.licences, settings.SITE_URL)
        day = timezone.localdate(begun_at)
        self.before = Before(marks_before(shelf.shelf(), day))
        self.resources: list[dict[str, Any]] = []
        self.count = self.changes = 0

    def write_listings(self) -> Iterator[int]:
        """All that is said of listings, in every shape."""
        with ExitStack() as open_files:
            self._open(open_files)
            for listed in read_ahead(self.listings):
                self._add(listed)
                if self.count % LISTINGS_AT_ONCE == 0:
                    yield self.count
            self._geojson.write(f"],{as_json(self._credit())[1:]}\n")
            self._note(self.before.rest())
        for table in LISTING_TABLES:
            self.resources.append(package.table_resource(table, self._tables[table.name]))
        self._describe_files()

    def _open(self, open_files: ExitStack) -> None:
        def draft(name: str) -> Draft:
            return open_files.enter_context(Draft(self.folder / name))

        self._tables = {
            table.name: open_files.enter_context(self._table(table)) for table in LISTING_TABLES
        }
        self._changes = open_files.enter_context(self._table(CHANGES))
        self._documents, self._geojson = (
            draft("organizations.ndjson"),
            draft("organizations.geojson"),
        )
        self._changed = draft("changes.ndjson")
        self._marks = open_files.enter_context(Draft(self.folder.parent / FILE))
        self._marks.write(f"{self.version}\n")
        self._geojson.write('{"type":"FeatureCollection","features":[')

    def _add(self, listed: Listed) -> None:
        for table, row in rows_of(listed, self.rows):
            self._tables[table].add(row)
        line = as_json(line_of(listed, self.rows)) + "\n"
        self._documents.write(line)
        self._geojson.write((",\n" if self.count else "") + as_json(feature(listed, self.rows)))
        mark = Mark(listed.pk, listed.uid, digest_of(line))
        self._marks.write(str(mark))
        if self._note(self.before.up_to(mark)) == mark.uid:
            self._changed.write(line)
        self.count += 1

    def _note(self, changes: Iterator[tuple[str, str]]) -> str:
        """Write changes; the id of the last one that is in the new dump."""
        last = ""
        for uid, change in changes:
            self._changes.add([uid, change])
            self.changes += 1
            last = uid if change != "removed" else ""
        return last

    def write_reference(self) -> None:
        """Terms, sources, and the ids and address words under which nothing is listed any more."""
        for scheme in Scheme.values:
            self._write(reference.term_table(scheme), reference.term_rows(scheme))
        self._write(reference.SOURCES, reference.source_rows(self.licences))
        self._write(gone.TOMBSTONES, gone.tombstone_rows())
        self._write(gone.ADDRESS_WORDS, gone.address_word_rows(self.licences))

    def write_about(self) -> None:
        """README, licence, credit, description and checksums."""
        counts = {"listings": self.count, "left_out": self.listings.left_out}
        before = self.before.version or ""
        described = counts | {"changes": self.changes, "changes_since": before}
        texts = {
            "README.md": words.readme(self.version, before, counts),
            "LICENSE.txt": words.licence_text(self.licences),
            "ATTRIBUTION.txt": words.attribution_text(self.licences),
            shelf.DESCRIPTOR: package.descriptor(
                self.version, self.begun_at, self.licences, self.resources, described
            ),
        }
        sums = {Path(each["path"]).name: each["hash"][7:] for each in self.resources}
        for name, text in texts.items():
            with Draft(self.folder / name) as draft:
                draft.write(text)
            sums[name] = draft.sha256
        self._write_sums(sums)

    def archive(self) -> Iterator[int]:
        """Everything once more in one file."""
        name = f"{slugify(settings.SITE_NAME)}-{self.version}.zip"
        path = self.folder / name
        day = timezone.localtime(self.begun_at).timetuple()[:6]
        files = sorted(self.folder.iterdir())
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
            for file in files:
                about = zipfile.ZipInfo(file.name, day)
                about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                with archive.open(about, "w", force_zip64=True) as entry:
                    for number, piece in enumerate(pieces(file)):
                        entry.write(piece)
                        yield number
        with path.open("rb") as file:
            os.fsync(file.fileno())
        sums = (self.folder / shelf.SUMS).read_text(encoding="utf-8")
        with Draft(self.folder / shelf.SUMS) as draft:
            draft.write(f"{sums}{sha256_of(path)}  {name}\n")

    def _table(self, table: Table) -> TableDraft:
        return TableDraft(self.folder / f"{table.name}.csv", table.columns)

    def _write(self, table: Table, rows: Iterator[list[Any]]) -> None:
        with self._table(table) as draft:
            for row in rows:
                draft.add(row)
        self.resources.append(package.table_resource(table, draft))

    def _write_sums(self, sums: dict[str, str]) -> None:
        with Draft(self.folder / shelf.SUMS) as draft:
            draft.write("".join(f"{digest}  {name}\n" for name, digest in sums.items()))

    def _describe_files(self) -> None:
        self.resources += [
            package.table_resource(CHANGES, self._changes),
            package.file_resource(
                "documents", "A line for each listing, with its document.", self._documents, NDJSON
            ),
            package.file_resource("map", "The listings as GeoJSON.", self._geojson, GEOJSON),
            package.file_resource(
                "changed_documents", "Lines of what is new or changed.", self._changed, NDJSON
            ),
        ]

    def _credit(self) -> dict[str, Any]:
        licence, licence_url = self.licences.of_file
        lines = self.licences.all_lines
        return {"licence": licence, "licence_url": licence_url, "attribution": lines}

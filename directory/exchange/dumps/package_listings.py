"""What the files of a dump say: its sources, and its listings one after the other."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from directory.exchange.documents_file import BESIDE
from directory.exchange.dumps.fields import UID
from directory.exchange.dumps.package_files import (
    DOCUMENTS,
    LISTINGS,
    SOURCES,
    Package,
    UnreadableDump,
    object_in,
)
from directory.exchange.dumps.reference import SOURCES as SOURCE_TABLE
from directory.models import VerificationLevel

LEVELS = {level.code: level for level in VerificationLevel}

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A listing as the dump has it; `document` is not validated yet."""

    line: int
    uid: str
    document: Document
    published_at: datetime.datetime
    level: VerificationLevel
    checked_on: datetime.date | None

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return f"{DOCUMENTS}, line {self.line}"


def sources_in(package: Package) -> Iterator[tuple[str, dict[str, str]]]:
    """The sources, each after the words for where it stands. Raises UnreadableDump."""
    for number, row in rows_of_table(package, SOURCES, SOURCE_TABLE.columns):
        yield f"{SOURCES}, line {number}", {name: row[name] for name in SOURCE_TABLE.columns}


def listings_in(package: Package) -> Iterator[Given]:
    """The listings, in the order in which they were added there. Raises UnreadableDump.

    Documents are lines of one file, the days of checks rows of another, in the same order.
    """
    rows = rows_of_table(package, LISTINGS, ["id", "verified_on"])
    with package.opened(DOCUMENTS) as file:
        number = 0
        while line := file.readline(settings.DUMP_LINE_BYTES_MAX + 1):
            number += 1
            if len(line) > settings.DUMP_LINE_BYTES_MAX:
                most = settings.DUMP_LINE_BYTES_MAX
                raise _wrong(number, f"it has more than {most} bytes, which no document needs.")
            yield _given(number, line, next(rows, None))
    if (left := next(rows, None)) is not None:
        raise UnreadableDump(f"{LISTINGS}, line {left[0]}: {DOCUMENTS} has no such listing.")


def _given(number: int, line: bytes, row: tuple[int, dict[str, str]] | None) -> Given:
    found = object_in(line, f"{DOCUMENTS}, line {number}")
    uid = found.get("uid")
    if not isinstance(uid, str) or not re.fullmatch(UID, uid):
        raise _wrong(number, f"uid: {str(uid)[:60]!r} is no permanent id (26 letters and digits).")
    if row is None or row[1]["id"] != uid:
        there = f"line {row[0]} has {row[1]['id']}" if row else "it ends before"
        raise _wrong(number, f"uid: {uid} is not the next one of {LISTINGS}; {there}.")
    level = found.get("verification")
    if level not in LEVELS:
        raise _wrong(number, f"verification: {str(level)[:60]!r} is none of {', '.join(LEVELS)}.")
    return Given(
        line=number,
        uid=uid,
        document={name: value for name, value in found.items() if name not in BESIDE},
        published_at=_moment(number, found.get("published_at")),
        level=LEVELS[level],
        checked_on=_day(row, LEVELS[level]),
    )


def _moment(number: int, text: Any) -> datetime.datetime:
    try:
        found = datetime.datetime.fromisoformat(text)
        return found.astimezone(datetime.UTC)
    except (TypeError, ValueError, OverflowError):
        told = f"{str(text)[:60]!r} is no time; one looks like 2026-11-28T03:00:00Z."
        raise _wrong(number, f"published_at: {told}") from None


def _day(row: tuple[int, dict[str, str]], level: VerificationLevel) -> datetime.date | None:
    number, text = row[0], row[1]["verified_on"]
    if not text and level == VerificationLevel.UNVERIFIED:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UnreadableDump(
            f"{LISTINGS}, line {number}, column verified_on: {text[:60]!r} is no day of a check; "
            "one looks like 2026-11-28."
        ) from None


def rows_of_table(
    package: Package, name: str, columns: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table, each after the number of the line where it ends."""
    with package.opened(name) as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
        table = csv.DictReader(text, restval="", strict=True)
        try:
            if missing := [each for each in columns if each not in (table.fieldnames or [])]:
                raise UnreadableDump(f"{name}, line 1: the column {missing[0]} is missing.")
            for row in table:
                yield table.line_num, row
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableDump(f"{name}, line {table.line_num}: {error}.") from error


def _wrong(number: int, what: str) -> UnreadableDump:
    return UnreadableDump(f"{DOCUMENTS}, line {number}: {what}")

"""What the files of a dump say of ids and address words under which nothing is listed any more."""

import datetime
import re
from collections.abc import Iterator

from directory.actions.dump_traces import AddressWord, Tombstone
from directory.exchange.dumps import gone
from directory.exchange.dumps.fields import UID
from directory.exchange.dumps.package_files import (
    ADDRESS_WORDS,
    TOMBSTONES,
    Package,
    UnreadableDump,
)
from directory.exchange.dumps.package_listings import rows_of_table
from directory.models import Publication

SLUG = gone.ADDRESS_WORDS.fields[0].pattern
SLUG_LENGTH_MAX = 100
STATES = gone.TOMBSTONES.fields[1].codes


def tombstones_in(package: Package) -> Iterator[tuple[str, Tombstone]]:
    """The tombstones, each after the words for where it stands. Raises UnreadableDump."""
    if not package.has(TOMBSTONES):
        return
    for number, row in rows_of_table(package, TOMBSTONES, gone.TOMBSTONES.columns):
        where = f"{TOMBSTONES}, line {number}"
        uid = _uid(where, "id", row["id"])
        if row["state"] not in STATES:
            raise _wrong(where, "state", row["state"], f"none of {', '.join(STATES)}")
        is_merged = row["state"] == Publication.MERGED and row["merged_into"]
        into = _uid(where, "merged_into", row["merged_into"]) if is_merged else ""
        yield where, Tombstone(uid, row["state"], into, _day(where, row["since"]))


def address_words_in(package: Package) -> Iterator[tuple[str, AddressWord]]:
    """Former address words, each after the words for where it stands. Raises UnreadableDump."""
    if not package.has(ADDRESS_WORDS):
        return
    for number, row in rows_of_table(package, ADDRESS_WORDS, gone.ADDRESS_WORDS.columns):
        where, slug = f"{ADDRESS_WORDS}, line {number}", row["slug"]
        if not re.fullmatch(SLUG, slug) or len(slug) > SLUG_LENGTH_MAX:
            raise _wrong(where, "slug", slug, "no address word (small letters, digits, hyphens)")
        yield where, AddressWord(slug, _uid(where, "organization", row["organization"]))


def _uid(where: str, column: str, text: str) -> str:
    if not re.fullmatch(UID, text):
        raise _wrong(where, column, text, "no permanent id (26 letters and digits)")
    return text


def _day(where: str, text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _wrong(where, "since", text, "no day; one looks like 2026-11-28") from None


def _wrong(where: str, column: str, value: str, what: str) -> UnreadableDump:
    return UnreadableDump(f"{where}, column {column}: {value[:60]!r} is {what}.")

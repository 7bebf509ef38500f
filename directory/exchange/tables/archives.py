"""Zip archives, looked at before anything in them is unpacked."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from directory.exchange.tables.table import UnreadableFile

NESTED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".xlsx", ".xlsm", ".jar")
ENCRYPTED = 0x1
# Entities and document types have no place in a workbook; they are how XML bombs are built.
XML_BOMB = (b"<!DOCTYPE", b"<!ENTITY")
XML_HEAD = 4_096
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError)


def check_workbook(path: Path) -> None:
    """Raise UnreadableFile where the archive is no workbook, or unpacking it could do harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries, path.stat().st_size)
            for entry in entries:
                _check_entry(entry)
            _check_kind({entry.filename for entry in entries}, archive)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_xml(archive, entry)
    except DAMAGED as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(
            _("The workbook is damaged (%(reason)s).") % {"reason": error}
        ) from error


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Before unpacking: how many entries, how large they say they become, and whether they overlap."""
    if len(entries) > settings.IMPORT_ARCHIVE_ENTRIES_MAX:
        raise UnreadableFile(
            _("The archive has %(count)d entries; at most %(most)d can be read.")
            % {"count": len(entries), "most": settings.IMPORT_ARCHIVE_ENTRIES_MAX}
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > settings.IMPORT_UNPACKED_BYTES_MAX:
        raise UnreadableFile(
            _("Unpacked, the file would have %(size)d MB; at most %(most)d MB can be read.")
            % {
                "size": unpacked // 1_000_000,
                "most": settings.IMPORT_UNPACKED_BYTES_MAX // 1_000_000,
            }
        )
    if sum(entry.compress_size for entry in entries) > size:
        raise UnreadableFile(_("The entries of the archive overlap."))
    for entry in entries:
        packed = max(entry.compress_size, 1)
        # A few small parts of a workbook are mostly blanks.
        if entry.file_size > 1_000_000 and entry.file_size / packed > _ratio_max():
            raise UnreadableFile(
                _("%(entry)s would grow to more than %(ratio)d times its size when unpacked.")
                % {"entry": entry.filename[:80], "ratio": _ratio_max()}
            )


def _ratio_max() -> int:
    return settings.IMPORT_UNPACKED_RATIO_MAX


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    path = PurePosixPath(name.replace("\\", "/"))
    is_outside = path.is_absolute() or ".." in path.parts or ":" in name
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if is_outside or is_link:
        raise UnreadableFile(
            _("The archive has an entry that leads out of it: %(entry)s.") % {"entry": name[:80]}
        )
    if entry.flag_bits & ENCRYPTED:
        raise UnreadableFile(_("The file has a password. Save it without one."))
    if name.lower().endswith(NESTED):
        raise UnreadableFile(_("The archive holds another one: %(entry)s.") % {"entry": name[:80]})


def _check_kind(names: set[str], archive: zipfile.ZipFile) -> None:
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        raise UnreadableFile(_("OpenDocument sheets cannot be read. Save it as XLSX or CSV."))
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(_("This archive is no workbook. Unpack it, and bring one file."))


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    with archive.open(entry) as xml:
        head = xml.read(XML_HEAD).replace(b"\x00", b"").upper()
    if any(mark in head for mark in XML_BOMB):
        raise UnreadableFile(
            _("%(entry)s declares entities, which no workbook needs.")
            % {"entry": entry.filename[:80]}
        )

"""Files of listings: which formats there are, and one of them of all listings or of some."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from directory.exchange.documents_file import document_lines
from directory.exchange.geojson import feature_collection
from directory.exchange.licences import Licences
from directory.exchange.listed import Listed, Listings
from directory.exchange.reading_ahead import read_ahead
from directory.exchange.rows import Rows
from directory.exchange.spreadsheet import machine_csv, spreadsheet_csv
from directory.exchange.workbook import workbook


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, what its name ends with, and what writes it in pieces."""

    media_type: str
    ending: str
    write: Callable[[Iterable[Listed], Rows], Iterator[bytes]]


CSV = Format("text/csv; charset=utf-8; header=present", "csv", machine_csv)
SPREADSHEET = Format("text/csv; charset=utf-8; header=present", "csv", spreadsheet_csv)
GEOJSON = Format("application/geo+json", "geojson", feature_collection)
NDJSON = Format("application/x-ndjson", "ndjson", document_lines)
XLSX = Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", workbook)
FORMATS = {
    "csv": CSV,
    "spreadsheet": SPREADSHEET,
    "geojson": GEOJSON,
    "ndjson": NDJSON,
    "xlsx": XLSX,
}


def exported(
    form: Format,
    licences: Licences,
    *,
    ids: Sequence[int] | None = None,
    site: str,
    is_read_ahead: bool = False,
) -> Iterator[bytes]:
    """The bytes of a file of the listings of these row ids, in their order; None: of all.

    `site` is the address of the directory, without a slash at its end. Memory does not grow with
    the number of listings. What is unpublished meanwhile is left out. `is_read_ahead` is for
    processes without threads: a second process reads.
    """
    listings = Listings(licences)
    found = read_ahead(listings, ids) if is_read_ahead else listings.found(ids)
    return form.write(found, Rows(licences, site))

"""Links to what was found as files."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from directory.web.links import Question


@dataclass(frozen=True)
class File:
    """A link to a file."""

    label: str
    url: str


@dataclass(frozen=True)
class Downloads:
    """The files there are of a search; none where it finds more than one may hold."""

    files: list[File]
    most: str


def downloads_of(total: int, question: Question) -> Downloads:
    """The files of a question that finds so many listings; all pages of it are in them."""
    asked = question.without()
    most = number_format(settings.DOWNLOAD_LISTINGS_MAX, force_grouping=True)
    if total > settings.DOWNLOAD_LISTINGS_MAX:
        return Downloads([], most)
    files = [
        File(_("Table for spreadsheets (CSV)"), _file(asked, "csv", flavour="spreadsheet")),
        File(_("Map (GeoJSON)"), _file(asked, "geojson", whole="true")),
        File(_("Table for programs (CSV)"), _file(asked, "csv")),
        File(_("Documents (NDJSON)"), _file(asked, "ndjson")),
    ]
    if total <= settings.WORKBOOK_LISTINGS_MAX:
        files.insert(1, File(_("Workbook (XLSX)"), _file(asked, "xlsx")))
    return Downloads(files, most)


def _file(asked: Question, form: str, **further: str) -> str:
    return Question.made([*asked.pairs, *further.items()]).url(f"api:organization-{form}")

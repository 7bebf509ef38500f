"""Everything that a search finds as one file: CSV, NDJSON, workbook, and (see geojson) GeoJSON."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from rest_framework import renderers
from rest_framework.request import Request

from directory.api.caching import digest, tagged
from directory.api.filter_parameters import FILTERS
from directory.api.parameters import Parameter
from directory.api.problems import TooManyFound
from directory.api.searches import SearchViewSet
from directory.api.throttles import DownloadThrottle
from directory.api.viewsets import Call
from directory.exchange.exports import CSV, NDJSON, SPREADSHEET, XLSX, Format, exported
from directory.exchange.licences import Licences
from directory.models import Revision
from directory.models.vocabulary import vocabulary
from directory.search.engine import found_ids

LICENCE = Parameter(
    "licence",
    gettext_lazy(
        "With reusable, only what may be passed on under this directory's licence, decided field "
        "by field. With all, everything anyone may read; each listing then says whom to ask."
    ),
    {"type": "string", "enum": ["reusable", "all"], "default": "reusable"},
    example="reusable",
)
FLAVOUR = Parameter(
    "flavour",
    gettext_lazy(
        "With machine, cells are as they are and the last one holds the whole document. With "
        "spreadsheet, cells that look like formulas are guarded by an apostrophe."
    ),
    {"type": "string", "enum": ["machine", "spreadsheet"], "default": "machine"},
    example="machine",
)
TEXT = {"type": "string"}
BEGUN_AT = timezone.now()  # This process.
PAGES_DO_NOT_COUNT = gettext_lazy(
    "Takes the parameters of the results page; page and page_size change nothing, since all that "
    "is found is in the file. Each listing names the sources to be credited."
)


class FileRenderer(renderers.BaseRenderer):
    """A file is written piece by piece past the renderers; this is its name for negotiation."""

    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        raise NotImplementedError


class CSVRenderer(FileRenderer):
    media_type, format = "text/csv", "csv"


class NDJSONRenderer(FileRenderer):
    media_type, format = NDJSON.media_type, "ndjson"


class XLSXRenderer(FileRenderer):
    media_type, format = XLSX.media_type, "xlsx"


class Download(SearchViewSet):
    """Answers a search with a file, in constant memory."""

    throttle_classes = [DownloadThrottle]
    tag = ""  # of the file, where the answer is one
    changed: datetime.datetime | None = None

    def file(self, request: Request, form: Format, *, most: int) -> HttpResponseBase:
        """The file of all that is found, at most so many. Raises TooManyFound."""
        licences = Licences(reusable_only=self.asked.values["licence"] == "reusable")
        found = found_ids(self.question)
        if len(found.ids) > most:
            raise TooManyFound(too_many(len(found.ids), most, request))
        around = (licences.all_lines, vocabulary().stamp)
        self.tag = self._tag(form, around, found.sequence)
        self.changed = None if self.question.open_now else self._changed(licences, found.sequence)
        site = request.build_absolute_uri("/").rstrip("/")
        if request.method == "HEAD":
            response = HttpResponse(content_type=form.media_type)
        else:
            pieces = exported(form, licences, ids=found.ids, site=site)
            response = StreamingHttpResponse(pieces, content_type=form.media_type)
        name = f"{slugify(settings.SITE_NAME)}-{timezone.localdate()}.{form.ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _tag(self, form: Format, around: tuple, sequence: int) -> str:
        """Changes with any listing, source or term, the question, the day, and what is open now."""
        is_open = self.question.open_now
        moment = timezone.localtime().strftime("%Y-%m-%d %H:%M" if is_open else "%Y-%m-%d")
        told = (self.question, form.ending, self.asked.values, sequence, around, moment)
        return f'W/"{digest(repr((*told, get_language())).encode())}"'

    def _changed(self, licences: Licences, sequence: int) -> datetime.datetime | None:
        """When a listing, source, term or the day last changed; None if hardly a second ago.

        All of it is in the database, so that every process says the same. Settings and this
        software are not: what they change counts from when a process began with them.
        """
        now = timezone.now()
        listed = Revision.objects.filter(sequence=sequence).latest_moment()
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        moments = [listed or now, licences.changed_at, vocabulary().changed_at, BEGUN_AT, today]
        changed = max(filter(None, moments))
        # The header tells whole seconds: what changes twice in one would look unchanged.
        return changed if now - changed > datetime.timedelta(seconds=1) else None

    def _conditional(self, response: HttpResponseBase) -> HttpResponseBase:
        if not self.tag:
            return super()._conditional(response)
        return tagged(
            self.request,
            response,
            tag=self.tag,
            seconds=self.cache_seconds,
            changed=self.changed,
        )


def call(
    name: str, summary: Any, answer: dict[str, Any], *parameters: Parameter
) -> dict[str, Call]:
    """The one call of a file's address."""
    only = Call(
        name,
        summary,
        PAGES_DO_NOT_COUNT,
        answer=answer,
        filters=FILTERS,
        parameters=(*parameters, LICENCE),
        example="place=us",
        tag="files",
    )
    return {"list": only}


class CSVViewSet(Download):
    """Listings as CSV."""

    renderer_classes = [CSVRenderer]
    calls: ClassVar = call("downloadCSV", gettext_lazy("Organizations as CSV"), TEXT, FLAVOUR)

    def list(self, request: Request) -> HttpResponseBase:
        form = SPREADSHEET if self.asked.values["flavour"] == "spreadsheet" else CSV
        return self.file(request, form, most=settings.DOWNLOAD_LISTINGS_MAX)


class NDJSONViewSet(Download):
    """Listings as NDJSON."""

    renderer_classes = [NDJSONRenderer]
    calls: ClassVar = call("downloadDocuments", gettext_lazy("Organizations as NDJSON"), TEXT)

    def list(self, request: Request) -> HttpResponseBase:
        return self.file(request, NDJSON, most=settings.DOWNLOAD_LISTINGS_MAX)


class XLSXViewSet(Download):
    """Listings as a workbook."""

    renderer_classes = [XLSXRenderer]
    calls: ClassVar = call(
        "downloadWorkbook", gettext_lazy("Organizations as a workbook"), TEXT | {"format": "binary"}
    )

    def list(self, request: Request) -> HttpResponseBase:
        return self.file(request, XLSX, most=settings.WORKBOOK_LISTINGS_MAX)


def too_many(found: int, most: int, request: Request) -> str:
    """What to do instead of taking everything through a search."""
    return _(
        "This finds %(found)d listings, and such a file holds at most %(most)d. Narrow the search, "
        "or take the files with everything at %(address)s."
    ) % {
        "found": found,
        "most": most,
        "address": request.build_absolute_uri(reverse("data")),
    }

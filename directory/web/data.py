"""/data/: everything as files, how to use them, and the same for catalogues of data."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.exchange.dumps import shelf
from directory.web.catalogue import catalogue_of, dataset_of
from directory.web.crumbs import home
from directory.web.ranges import file_answer

LATEST = "latest"
MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".ndjson": "application/x-ndjson",
    ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What files there are, under which licence, and how to use them."""
    found = shelf.dumps()
    latest = found[0] if found else None
    context = {
        "latest": latest,
        "files": files_of(latest) if latest else [],
        "archive": archive_of(latest) if latest else None,
        "older": [archive_of(dump) for dump in found[1:]],
        "search_max": number_format(settings.DOWNLOAD_LISTINGS_MAX, force_grouping=True),
        "kept_days": settings.DUMPS_KEPT_DAYS,
        "kept_months": settings.DUMPS_KEPT_MONTHS,
        "dataset": dataset_of(latest, request.build_absolute_uri) if latest else None,
        "crumbs": [home()],
    }
    return render(request, "directory/data.html", context)


@require_safe
def data_file(request: HttpRequest, version: str, name: str) -> HttpResponseBase:
    """A file of a dump, which can be resumed; "latest" leads on to the latest dump."""
    if version == LATEST:
        latest = next(iter(shelf.dumps()), None)
        if latest is None or latest.file(name) is None:
            raise Http404
        return redirect("data-file", latest.version, name)
    dump = shelf.dump_of(version)
    path = dump.file(name) if dump else None
    if path is None:
        raise Http404
    tag = f'"{dump.sums.get(name, "")[:32] or dump.version}"'
    media_type = MEDIA_TYPES.get(path.suffix, "text/plain; charset=utf-8")
    response = file_answer(request, path, tag=tag, media_type=media_type)
    # A version never changes; it may go, and then nobody should still have it from a cache.
    response["Cache-Control"] = "public, max-age=3600"
    return for_any_origin(response)


@require_safe
@cache_control(public=True, max_age=3600)
def data_catalogue(request: HttpRequest) -> HttpResponseBase:
    """The same as DCAT, for catalogues that gather data."""
    latest = next(iter(shelf.dumps()), None)
    if latest is None:
        raise Http404
    found = catalogue_of(latest, request.build_absolute_uri)
    return for_any_origin(JsonResponse(found, content_type="application/ld+json"))


def for_any_origin(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any website read it: no cookie and no key is involved."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def files_of(dump: shelf.Dump) -> list[dict[str, Any]]:
    """The files of a dump, the whole documents and the map first, then the tables."""
    words = {
        "documents": _("each listing as a document"),
        "map": _("for map programs"),
        "changes": _("what is different from the files before"),
        "changed_documents": _("the documents of what is new or changed"),
        "tombstones": _("ids that are shown no more"),
        "address_words": _("earlier address words, and where they lead"),
    }
    described = sorted(dump.descriptor["resources"], key=lambda each: "schema" in each)
    return [
        {
            "name": each["path"],
            "url": reverse("data-file", args=[dump.version, each["path"]]),
            "words": words.get(each["name"], ""),
            "bytes": each["bytes"],
            "sha256": each["hash"].removeprefix("sha256:"),
        }
        for each in described
    ]


def archive_of(dump: shelf.Dump) -> dict[str, Any]:
    """All of a dump in one file."""
    path = dump.archive
    return {
        "version": dump.version,
        "day": dump.day,
        "name": path.name,
        "url": reverse("data-file", args=[dump.version, path.name]),
        "bytes": path.stat().st_size,
        "sha256": dump.sums.get(path.name, ""),
    }

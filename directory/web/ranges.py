"""A file as an answer that can be resumed: Range, If-Range, ETag, Last-Modified (RFC 9110, 13, 14)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
PIECE = 1 << 18


class OutsideFile(ValueError):
    """The range begins after the end of the file."""


def file_answer(request: HttpRequest, path: Path, *, tag: str, media_type: str) -> HttpResponseBase:
    """The file, a part of it, or that the visitor has it already.

    `tag` is the ETag, quotes included. One range is answered with 206; several, or what is no
    range, with the whole file, as the standard allows.
    """
    size, changed = path.stat().st_size, int(path.stat().st_mtime)
    known = get_conditional_response(request, etag=tag, last_modified=changed)
    response = known or _answer(request, path, size, tag, changed)
    if response.status_code in {200, 206}:
        response["Content-Type"] = media_type
    response["Accept-Ranges"] = "bytes"
    response["ETag"], response["Last-Modified"] = tag, http_date(changed)
    return response


def _answer(
    request: HttpRequest, path: Path, size: int, tag: str, changed: int
) -> HttpResponseBase:
    response: HttpResponseBase
    try:
        span = span_of(request, size, tag, changed)
    except OutsideFile:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if span is None:
        response = FileResponse(path.open("rb"))
        response["Content-Length"] = str(size)
        return response
    first, last = span
    response = StreamingHttpResponse(part(path, first, last), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def span_of(request: HttpRequest, size: int, tag: str, changed: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole file. Raises OutsideFile."""
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", "") or not is_same(request, tag, changed):
        return None
    first, last = asked.groups()
    if int(first or 0) >= size or (not first and not int(last)):
        raise OutsideFile
    if not first:
        return max(size - int(last), 0), size - 1
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def is_same(request: HttpRequest, tag: str, changed: int) -> bool:
    """Whether the file is still the one of which the visitor has the beginning (If-Range)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == tag
    return parse_http_date_safe(condition) == changed


def part(path: Path, first: int, last: int) -> Iterator[bytes]:
    """Some bytes of a file, a piece at a time."""
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece

"""Ask again cheaply: ETag, 304, how long an answer may be kept."""

import datetime
import hashlib

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from rest_framework.request import Request

SHORT_SECONDS = 60  # Listings: an editor's change is seen everywhere within a minute.
LONG_SECONDS = 3600  # Terms, places and descriptions of the API hardly change.


def digest(content: bytes) -> str:
    """Sixteen characters that change with the content."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def conditional(
    request: Request,
    response: HttpResponse,
    *,
    seconds: int,
    version: int | None = None,
) -> HttpResponseBase:
    """The rendered response with its tag; 304 if the caller has it already, 412 if If-Match fails.

    One listing gets a strong tag that begins with its version, lists a weak one: two lists with
    the same tag show the same, even where their bytes differ. What is for the caller alone is
    kept for no seconds. There is no Last-Modified: a changed label of a term changes an answer
    without touching the listing.
    """
    tag = digest(response.content)
    tag = f'W/"{tag}"' if version is None else f'"{version}-{tag}"'
    return tagged(request, response, tag=tag, seconds=seconds)


def tagged(
    request: Request,
    response: HttpResponseBase,
    *,
    tag: str,
    seconds: int,
    changed: datetime.datetime | None = None,
) -> HttpResponseBase:
    """The response with this tag and, where it is known, the moment of its last change; or 304 or
    412 in its place."""
    response["ETag"] = tag
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = f"public, max-age={seconds}" if seconds else "private, no-cache"
    patch_vary_headers(response, ["Accept", "Accept-Language", "Accept-Encoding"])
    moment = int(changed.timestamp()) if changed else None
    return get_conditional_response(request._request, tag, moment, response)

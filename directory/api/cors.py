"""Any website may read the public API: no cookie and no key is involved."""

from django.http import HttpResponse, HttpResponseBase

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "Content-Language, ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"
ALLOWED = (
    "Accept, Accept-Language, Content-Language, Content-Type, If-Modified-Since, If-None-Match"
)
PREFLIGHT_SECONDS = 86_400


def allow_any_origin(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any website read this response and the headers they need."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def preflight() -> HttpResponse:
    """The answer to OPTIONS: what may be asked here, without a body."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = METHODS
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = ALLOWED
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return allow_any_origin(response)

"""How often one network address may do a thing. Addresses are counted, never stored.

The shared cache holds counts under a keyed digest of the address that changes each day; behind a
proxy the address is the one that the proxy names (BEHIND_PROXY).
"""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

HOUR = 60 * 60
EVERYBODY = "everybody"
NETWORK_BITS = 64  # Of an IPv6 address: what one household or machine is given.


def address_of(request: HttpRequest) -> str:
    """The visitor's network address; of IPv6 the network, since each machine has many."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.REST_FRAMEWORK["NUM_PROXIES"]:
        named = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        address = named or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, NETWORK_BITS), strict=False))
    return str(found)


def is_over(scope: str, address: str, most: int) -> bool:
    """Whether this address has done the thing as often as it may within the hour."""
    return cache.get(_key(scope, address), 0) >= most


def count(scope: str, address: str) -> None:
    """Count one more; the count is forgotten an hour after the first."""
    key = _key(scope, address)
    if not cache.add(key, 1, HOUR):
        try:
            cache.incr(key)
        except ValueError:  # It ran out in between.
            cache.set(key, 1, HOUR)


def _key(scope: str, address: str) -> str:
    day = timezone.localdate().isoformat()
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{day} {address}".encode(), hashlib.sha256)
    return f"limit:{scope}:{digest.hexdigest()[:32]}"

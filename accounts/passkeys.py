"""Where browsers make and use passkeys: at a name, over a safe connection (WebAuthn level 2, 5.1.3).

`localhost` counts as a name and as safe; an address of digits such as 127.0.0.1 never does.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

LOCAL_NAME = "localhost"


def passkeys_work(request: HttpRequest) -> bool:
    """Whether a browser takes a passkey at the address under which it asked for this page."""
    name, _port = split_domain_port(request.get_host())
    if digits_of(request):
        return False
    # In production pages are sent encrypted, whatever a proxy tells of the way to us.
    is_safe = request.is_secure() or settings.IS_PRODUCTION
    return is_safe or name == LOCAL_NAME or name.endswith(f".{LOCAL_NAME}")


def digits_of(request: HttpRequest) -> str:
    """The address of digits under which the page was asked for; "" for a name."""
    name, _port = split_domain_port(request.get_host())
    return name if _number_of(name) else ""


def address_with_name(request: HttpRequest) -> str:
    """This page where a passkey works, on the machine it is served from; "" for any other."""
    name, port = split_domain_port(request.get_host())
    number = _number_of(name)
    if not (number and number.is_loopback and LOCAL_NAME in settings.ALLOWED_HOSTS):
        return ""
    return f"{request.scheme}://{LOCAL_NAME}{port and f':{port}'}{request.get_full_path()}"


def _number_of(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name.strip("[]"))
    except ValueError:
        return None

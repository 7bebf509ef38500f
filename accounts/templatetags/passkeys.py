"""Whether the page may offer a passkey."""

from typing import Any

from django import template
from django.http import HttpRequest

from accounts.passkeys import address_with_name, passkeys_work

register = template.Library()


@register.simple_tag(takes_context=True)
def no_passkeys(context: dict[str, Any]) -> dict[str, str] | None:
    """None where passkeys work; else the address at which they would, which may be empty."""
    request: HttpRequest = context["request"]
    return None if passkeys_work(request) else {"address": address_with_name(request)}

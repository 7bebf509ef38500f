"""Whether the page may offer a passkey."""

from typing import Any

from django import template
from django.http import HttpRequest

from accounts.passkeys import address_with_name, digits_of, passkeys_work

register = template.Library()


@register.simple_tag(takes_context=True)
def no_passkeys(context: dict[str, Any]) -> dict[str, str] | None:
    """None where passkeys work. Else `digits`, the address of digits at which the page was asked
    for, empty where only encryption is missing; and `address`, where they would work, or "".
    """
    request: HttpRequest = context["request"]
    if passkeys_work(request):
        return None
    return {"digits": digits_of(request), "address": address_with_name(request)}

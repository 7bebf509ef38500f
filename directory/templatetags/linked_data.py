"""Linked data as a block of JSON inside a page."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# With these escaped, no text of a listing can end the script element or break a parser.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class JsonText:
    """JSON that is safe inside a script element; a template prints it as it is."""

    def __init__(self, value: Any) -> None:
        self.text = json.dumps(value, ensure_ascii=False).translate(ESCAPES)

    def __html__(self) -> str:
        return self.text


@register.simple_tag
def linked_data(value: Any) -> SafeString:
    """A data block (not a script) with JSON-LD; nothing for nothing."""
    if not value:
        return SafeString("")
    return format_html('<script type="application/ld+json">{}</script>', JsonText(value))

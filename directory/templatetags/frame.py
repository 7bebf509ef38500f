"""Parts of the frame that are the same on page after page, written once."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def written_once(name: str, **values: str) -> SafeString:
    """A template that needs these values and nothing else of the page: kept by language."""
    if settings.DEBUG:
        return SafeString(render_to_string(name, values))
    return _written(name, tuple(values.items()), get_language(), get_script_prefix())


@lru_cache(maxsize=100)  # Five parts, ten entries of the menu, four languages.
def _written(
    name: str, values: tuple[tuple[str, str], ...], _language: str, _prefix: str
) -> SafeString:
    return SafeString(render_to_string(name, dict(values)))

"""Rows of a list in the admin as cards, where the screen is too narrow for a table."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()
CELL = ("<td", "<th")


@register.filter
def labelled(cells: Iterable[SafeString], headers: list[dict[str, Any]]) -> list[SafeString]:
    """The cells of a row, each with the name of its column for the style sheet to show.

    The column of ticks has none: its header is a tick itself.
    """
    pairs = zip(cells, headers, strict=False)
    return [_labelled(cell, header) for cell, header in pairs]


def _labelled(cell: SafeString, header: dict[str, Any]) -> SafeString:
    if not cell.startswith(CELL) or "action-checkbox" in header.get("class_attrib", ""):
        return cell
    rest = SafeString(cell[len(CELL[0]) :])  # As Django's own tag made it.
    return format_html('<{} data-label="{}"{}', cell[1:3], capfirst(header["text"]), rest)

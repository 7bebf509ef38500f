"""Icons, quilt blocks and value patches from the one sprite."""

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Families of types that have a quilt block of their own; look README, "Quilt".
BLOCKS = {
    "cooperative",
    "land-and-housing",
    "finance",
    "exchange-network",
    "mutual-aid-and-care",
    "knowledge-commons",
    "support-organization",
    "other-community-enterprise",
}
VALUES = {
    "advances-justice",
    "builds-resilience",
    "creates-more-possibilities",
    "cultivates-abundance",
    "deepens-democracy",
    "displaces-extractive-industry",
    "extends-the-commons",
}


@register.simple_tag
def icon(name: str, turn: str = "") -> SafeString:
    """A line icon. It is hidden from screen readers: put words beside it.

    `turn` is "w" or "s": the arrow that points east or north, turned round.
    """
    return _drawing(f"icon turn-{turn}" if turn else "icon", name)


@register.simple_tag
def quilt_block(family: str) -> SafeString:
    """The quilt block of a family of types, by its code."""
    known = family if family in BLOCKS else "other-community-enterprise"
    return _drawing("block", f"block-{known}")


@register.simple_tag
@lru_cache(maxsize=1_000)  # By level, month and language; some name a peer or a paper.
def stitch(shown: Any) -> SafeString:
    """How well something is known, and since when: a `web.stitches.Stitch`."""
    since = ""
    if shown.month:
        pattern = ', <time datetime="{}">{}</time>'
        since = format_html(pattern, shown.month, shown.month_words)
    return format_html(
        '<span class="stitch {}">{}<span>{}{}</span></span>',
        shown.line,
        icon(shown.icon),
        shown.words,
        since,
    )


@register.simple_tag
def value_patch(code: str) -> SafeString:
    """The patch of a value; nothing for a value that has none."""
    return _drawing("patch", f"value-{code}") if code in VALUES else SafeString("")


@lru_cache(
    maxsize=500
)  # The sprite has some eighty drawings; a page shows sixty, most of them alike.
def _drawing(classes: str, name: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("icons.svg"),
        name,
    )

"""What a page repeats a hundred times, written in one go.

A results page has twenty cards, some ninety rows of filters and forty marks on its map. As
templates they took a third of the time of the whole page: every tag and value in them is a node
that is visited.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.templatetags.drawings import icon, quilt_block, stitch

register = template.Library()

PILL_HEIGHT = 25.0  # Units of the drawing.
ABOUT = '<circle class="about"/>'


@register.simple_tag
def hits(cards: Iterable[Any], on_map: Collection[int] = ()) -> SafeString:
    """Cards of `web.cards` as items of a list; `on_map` are the numbers that stand on the map."""
    because = escape(_("Found because"))
    return SafeString("".join(_hit(card, card.number in on_map, because) for card in cards))


def _hit(card: Any, is_on_map: bool, because: str) -> str:
    number, name, url = card.number, escape(card.organization.name), escape(card.url)
    none = "" if is_on_map else " none"
    parts = [
        f'<li class="hit" id="hit-{number}"><span class="no{none}" aria-hidden="true">{number}</span>',
        f'<h3><a href="{url}">{name}</a></h3>{quilt_block(card.family)}',
    ]
    if card.types:
        parts.append(f'<p class="what">{escape(", ".join(card.types))}</p>')
    if card.where:
        opening = f"<b>{escape(card.where.opening)}</b> " if card.where.opening else ""
        words = f"<span>{opening}{escape(card.where.words)}</span>"
        parts.append(f'<p class="where">{icon(card.where.icon)}{words}</p>')
    if card.summary:
        language = f' lang="{escape(card.summary_language)}"' if card.summary_language else ""
        parts.append(f'<p class="sum"{language}>{escape(card.summary)}</p>')
    known = " ".join(stitch(shown) for shown in (card.ended, card.stitch) if shown)
    parts.append(f'<p class="known">{known}</p>')
    if card.why:
        parts.append(f'<p class="why">{because} {"; ".join(card.why)}.</p>')
    return "\n".join(parts) + "</li>\n"


@register.simple_tag
def facets(panels: Iterable[Any]) -> SafeString:
    """The facets of a search: panels of `web.panels`, each a set of fields."""
    words = [get_language(), escape(_("Leave out")), escape(_("not")), escape(_("take back"))]
    return SafeString("".join(_facet(panel, words) for panel in panels))


def _facet(panel: Any, words: list[str | None]) -> str:
    name, legend, more = escape(panel.name), escape(panel.legend), ""
    rows, rest = (
        "".join(_facet_row(name, row, *words) for row in part) for part in (panel.rows, panel.more)
    )
    if rest:
        shown = ngettext("Show %(number)s more", "Show %(number)s more", len(panel.more))
        summary = escape(shown % {"number": localize(len(panel.more))})
        summary = f'<summary>{summary}<span class="unseen">: {legend}</span></summary>'
        more = f'<details class="more">{summary}\n{rest}</details>\n'
    long = " data-long" * panel.is_long
    return f'<fieldset class="facet"{long}><legend>{legend}</legend>\n{rows}{more}</fieldset>\n'


def _facet_row(
    name: str, row: Any, language: str | None, leave_out: str, negation: str, take_back: str
) -> str:
    label, code, url = escape(row.label), escape(row.code), escape(row.other_url)
    if row.is_excluded:
        return (
            f'<div class="choice out"><span class="tick"><s>{label}</s></span>'
            f'<a class="not" rel="nofollow" href="{url}">{take_back}'
            f'<span class="unseen"> {label}</span></a></div>\n'
        )
    inner = " in" if row.is_inner else ""
    state = " checked" * row.is_chosen + " disabled" * row.is_off
    other = (
        f'<a class="not" rel="nofollow" href="{url}" title="{leave_out}">{negation}'
        f'<span class="unseen"> {label}</span></a>'
    )
    return (
        f'<div class="choice{inner}"><label class="tick">'
        f'<input type="checkbox" name="{name}" value="{code}"{state}><span>{label}</span> '
        f"{_counted(row.count, language)}</label>{'' if row.is_off else other}</div>\n"
    )


@lru_cache(maxsize=10_000)  # About two megabytes; small counts come on every page.
def _counted(count: int, _language: str | None) -> str:
    results = escape(ngettext("result", "results", count))
    return f'<span class="num">{localize(count)}<span class="unseen"> {results}</span></span>'


@register.simple_tag
def map_marks(marks: Iterable[Any], is_live: bool = False) -> SafeString:
    """Marks of `web.marks` as links in a drawn map; with `is_live` points say where they are."""
    return SafeString("".join(_map_mark(mark, is_live) for mark in marks))


def _map_mark(mark: Any, is_live: bool) -> str:
    if mark.is_pill:
        return _map_pill(mark) + (_within(mark) if is_live else "")
    at = around = label = ""
    is_cluster = mark.kind == "cluster"
    if is_live and not is_cluster:
        at = _whereabouts(mark)
    if mark.around:
        circle = "seam" if is_cluster else "about"
        around = f'<circle class="{circle}" cx="{mark.x}" cy="{mark.y}" r="{mark.around}"/>'
    if mark.label:
        label = f'<text x="{mark.x}" y="{mark.text_y}">{escape(mark.label)}</text>'
    start = f'<a href="{escape(mark.url)}" aria-label="{escape(mark.name)}"'
    return (
        f'{start}{at}><circle class="reach-me" cx="{mark.x}" cy="{mark.y}" r="{mark.reach}"/>'
        f'{around}<circle class="dot" cx="{mark.x}" cy="{mark.y}" r="{mark.r}"/>{label}</a>\n'
    )


def _whereabouts(mark: Any) -> str:
    return f' data-at="{mark.latitude},{mark.longitude}"'


def _map_pill(mark: Any) -> str:
    """A mark of many beside numbers of the list: no disc, so that none is taken for the other."""
    x, y, height = round(mark.x - mark.r, 1), round(mark.y - PILL_HEIGHT / 2, 1), PILL_HEIGHT
    rectangle = f'x="{x}" y="{y}" width="{2 * mark.r}" height="{height}" rx="5"'
    return (
        f'<a class="{mark.kind}" href="{escape(mark.url)}" aria-label="{escape(mark.name)}">'
        f'<circle class="reach-me" cx="{mark.x}" cy="{mark.y}" r="{mark.reach}"/>'
        f'<rect class="dot" {rectangle}/>'
        f'<text x="{mark.x}" y="{mark.text_y}">{escape(mark.label)}</text></a>\n'
    )


def _within(mark: Any) -> str:
    """The numbers of a group for the live map, which has room for them; nobody else meets them."""
    links = (
        f'<a href="{escape(each.url)}" aria-label="{escape(each.name)}"{_whereabouts(each)}>'
        f"{ABOUT if each.kind == 'about' else ''}"
        f"<text>{escape(each.label)}</text></a>"
        for each in mark.members
    )
    return f"<defs>{''.join(links)}</defs>\n" if mark.members else ""

"""What was asked and how much was found, as a heading; and the orders it can stand in."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.search.query import Found, Query
from directory.search.questions import for_quoting
from directory.web import distances
from directory.web.links import Question


def heading(total: int, query: Query) -> str:
    """ "28 results for “food” near Takoma Park", in the visitor's language."""
    place = query.near.label if query.near else ""
    words = {"count": number_format(total), "words": for_quoting(query.words), "place": place}
    is_wide = bool(query.near and query.near.is_wide)
    if query.words and place:
        return (_for_words_in(total) if is_wide else _for_words_near(total)) % words
    if query.words:
        return _for_words(total) % words
    if place:
        return (_in(total) if is_wide else _near(total)) % words
    return _anything(total) % words


def _for_words_near(total: int) -> str:
    if not total:
        return _("No results for “%(words)s” near %(place)s")
    return ngettext(
        "%(count)s result for “%(words)s” near %(place)s",
        "%(count)s results for “%(words)s” near %(place)s",
        total,
    )


def _for_words_in(total: int) -> str:
    if not total:
        return _("No results for “%(words)s” in %(place)s")
    return ngettext(
        "%(count)s result for “%(words)s” in %(place)s",
        "%(count)s results for “%(words)s” in %(place)s",
        total,
    )


def _for_words(total: int) -> str:
    if not total:
        return _("No results for “%(words)s”")
    return ngettext("%(count)s result for “%(words)s”", "%(count)s results for “%(words)s”", total)


def _near(total: int) -> str:
    if not total:
        return _("No results near %(place)s")
    return ngettext("%(count)s result near %(place)s", "%(count)s results near %(place)s", total)


def _in(total: int) -> str:
    if not total:
        return _("No results in %(place)s")
    return ngettext("%(count)s result in %(place)s", "%(count)s results in %(place)s", total)


def _anything(total: int) -> str:
    if not total:
        return _("No results")
    return ngettext("%(count)s listing", "%(count)s listings", total)


def page_title(found: Found, query: Query) -> str:
    """The heading, and from two pages on which page this is."""
    title = heading(found.total, query)
    if found.pages < 2:
        return title
    return _("%(title)s, page %(page)d of %(pages)d") % {
        "title": title,
        "page": query.page,
        "pages": found.pages,
    }


@dataclass(frozen=True)
class Order:
    """One way to sort: words for now, words for the link to it, and the link."""

    name: str
    words: str
    link_words: str
    url: str
    is_used: bool


def orders(found: Found, query: Query, question: Question) -> list[Order]:
    """The orders that mean something for this question, the one in use marked."""
    has_distances = query.near is not None and not query.near.is_wide
    known = [
        ("relevance", _("best match first"), _("Best match first"), bool(query.words)),
        ("distance", _("nearest first"), _("Nearest first"), has_distances),
        ("name", _("by name"), _("By name"), True),
        ("confirmed", _("last confirmed first"), _("Last confirmed first"), True),
    ]
    return [
        Order(name, words, link, question.having(sort=name).url(), name == found.sort)
        for name, words, link, makes_sense in known
        if makes_sense or name == found.sort
    ]


def scope(query: Query) -> str:
    """How far was looked: "Within 10 miles", "In Maine"; "" without a place."""
    if query.near is None:
        return ""
    if query.near.is_wide:
        return _("In %(place)s") % {"place": query.near.label}
    distance = distances.in_words(query.radius_km, query.near.country_code)
    return _("Within %(distance)s") % {"distance": distance}

"""The way from the first page down to this one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.models import Place, Term, Vocabulary
from directory.search.names import country_name

Crumb = tuple[str, str]
"""Name and path."""


def home() -> Crumb:
    return _("Home"), reverse("home")


def networks() -> Crumb:
    return _("Networks"), reverse("network-list")


def crumbs_to_place(place: Place | None) -> list[Crumb]:
    """Home, country, region, town. Needs the place's parents loaded."""
    crumbs: list[Crumb] = []
    while place is not None:
        crumbs.append((name_of(place), place.get_absolute_url()))
        place = place.parent
    return [home(), *reversed(crumbs)]


def crumbs_to_term(term: Term, terms: Vocabulary) -> list[Crumb]:
    """Home, the list of its scheme, and the broader terms."""
    names = {"type": _("Types"), "value": _("Values"), "sector": _("Sectors")}
    broader = terms.ancestors(term.scheme, term.code)
    return [
        home(),
        (names[term.scheme], reverse(f"{term.scheme}-list")),
        *((found.label, found.get_absolute_url()) for found in reversed(broader)),
    ]


def name_of(place: Place) -> str:
    """Countries in the language of the page, other places as they call themselves."""
    return country_name(place.country_code) if place.kind == "country" else place.name

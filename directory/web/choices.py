"""Other places that a name may mean, told apart."""

from django.utils.translation import gettext as _

from directory.models import Place, PlaceKind
from directory.search.origin import Origin, near_value, other_names_meant
from directory.web.links import Question
from directory.web.whereabouts import place_in_full

# Where the regions of the gazetteer are called states.
WITH_STATES = frozenset("AT AU BR DE IN MM MX MY NG SS SD US VE".split())


def choices_of(origin: Origin | None, question: Question) -> list[dict[str, str]]:
    """Each with the address that means it, and its kind where places of several kinds are meant."""
    if origin is None or not origin.choices:
        return []
    names = other_names_meant(origin)
    kinds = {place.kind for place in (origin.place, *origin.choices)}
    choices = []
    for place in origin.choices:
        label = place_and_kind(place) if len(kinds) > 1 else place_in_full(place)
        if name := names.get(place.path):
            label = _("%(place)s, also called %(name)s") % {"place": label, "name": name}
        choices.append({"label": label, "url": question.having(near=near_value(place)).url()})
    return choices


def place_and_kind(place: Place) -> str:
    """Georgia (country); Georgia, United States (state); Washington, Utah, United States (town)."""
    return f"{place_in_full(place)} ({kind_of(place)})"


def kind_of(place: Place) -> str:
    """What a place is, in one word."""
    if place.kind == PlaceKind.REGION:
        return _("state") if place.country_code.upper() in WITH_STATES else _("region")
    return _("country") if place.kind == PlaceKind.COUNTRY else _("town")

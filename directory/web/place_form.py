"""Where an enterprise is, as people write it: a town by name, asked back where several have it."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import Place, PlaceKind, Precision, Wheelchair
from directory.search.names import country_name
from directory.search.places import find_places, places_spelled_like
from directory.search.words import fold_name
from directory.web.plain_fields import PlainText, without_faults
from directory.web.whereabouts import place_in_full

ANOTHER = "-"  # "None of these": the town is taken as it was written.
ASKED_BACK_MAX = 5  # More nobody reads through; who misses theirs names its region too.
ADDRESS_FIELDS = ("street", "postcode", "town", "country", "place")


class PlaceForm(forms.Form):
    """One place: what of it may be shown, its address, its hours.

    After cleaning, `place` is the place of the gazetteer or None, and `part()` makes the location
    of a document. `asked_back` holds the places to choose from where the name alone is not enough.
    """

    use_required_attribute = False

    shown = forms.ChoiceField(
        label=gettext_lazy("What may we show?"),
        choices=[
            (Precision.EXACT.value, gettext_lazy("The address")),
            (Precision.STREET.value, gettext_lazy("The street, without the number")),
            (Precision.POSTCODE.value, gettext_lazy("The postcode area")),
            (Precision.TOWN.value, gettext_lazy("Only the town")),
            (Precision.REGION.value, gettext_lazy("Only the region")),
            (Precision.HIDDEN.value, gettext_lazy("Nothing: it keeps its place to itself")),
        ],
        required=False,
        help_text=gettext_lazy(
            "If people could be harmed by a shown address, choose the town or nothing."
        ),
    )
    street = PlainText(label=gettext_lazy("Street and number"), max_length=200, required=False)
    postcode = PlainText(label=gettext_lazy("Postcode"), max_length=20, required=False)
    town = PlainText(
        label=gettext_lazy("Town"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("With its region or country, if there are others of that name."),
    )
    place = forms.CharField(required=False, max_length=200)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy("Only needed for a town that we do not know."),
    )
    opening_hours = PlainText(
        label=gettext_lazy("Hours"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Like Mo-Fr 09:00-17:00; Sa 10:00-14:00, or say it in your note."),
    )
    wheelchair = forms.ChoiceField(
        label=gettext_lazy("Is the way in step-free?"), choices=Wheelchair.choices, required=False
    )
    gone = forms.BooleanField(
        label=gettext_lazy("It is not at this place any more"), required=False
    )

    asked_back: list[tuple[str, str]]
    found: Place | None

    def __init__(self, *arguments: Any, countries: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, auto_id="%s", **options)
        self.asked_back, self.found = [], None
        self.fields["country"].choices = countries

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("gone") or not cleaned.get("town"):
            return cleaned
        if self.is_bound and not ({"town", "country", "place"} & {*self.changed_data}):
            return cleaned
        self._look_up(cleaned)
        return cleaned

    def _look_up(self, cleaned: dict[str, Any]) -> None:
        """Find the town; ask back, as an error at it, where it is not plain which one is meant."""
        town, country = cleaned["town"], cleaned.get("country", "")
        places = [p for p in find_places(town) if not country or p.country_code == country]
        towns = [place for place in places if place.kind == PlaceKind.TOWN] or places
        alike = places_spelled_like(town) if not (towns or country) else []
        chosen = cleaned.get("place", "")
        self.found = next((place for place in (*towns, *alike) if place.path == chosen), None)
        if self.found or (chosen == ANOTHER and country):
            return
        meant = meant_by(town, towns)
        if len(meant) == 1 and chosen != ANOTHER:
            self.found = meant[0]
        elif towns or not country:
            self._ask_back(meant or towns or alike)
            self.add_error(
                "town", question(town, is_known=bool(towns), has_refused=chosen == ANOTHER)
            )

    def _ask_back(self, places: list[Place]) -> None:
        options = [(place.path, place_in_full(place)) for place in places[:ASKED_BACK_MAX]]
        if options:
            self.asked_back = [*options, (ANOTHER, _("Another one, not in this list"))]

    def need_town(self) -> None:
        """Ask for the town, where none was typed."""
        if not (self.cleaned_data.get("town") or "town" in self.errors):
            self.add_error("town", _("Say in which town it is."))

    @property
    def is_filled_in(self) -> bool:
        """Whether anything was said of an address."""
        return any(self.cleaned_data.get(name) for name in ("street", "postcode", "town"))

    @property
    def has_new_address(self) -> bool:
        return bool({*ADDRESS_FIELDS} & {*self.changed_data})

    def address(self) -> dict[str, Any]:
        """The members of a document's location that tell the address; its old point is not its."""
        cleaned = without_faults(self)
        place = self.found
        is_town = place is None or place.kind == PlaceKind.TOWN
        name = place.name if place else cleaned["town"].split(",")[0].strip()
        region = place.parent if place and place.kind == PlaceKind.TOWN else None
        return {
            "street": cleaned["street"],
            "postcode": cleaned["postcode"],
            "locality": name if is_town else "",
            "region": region.name if region and region.kind == PlaceKind.REGION else "",
            "country": place.country_code if place else cleaned["country"],
            "place": place.path if place else "",
            "latitude": None,
            "longitude": None,
        }


def meant_by(town: str, places: list[Place]) -> list[Place]:
    """Those of the places that may be meant by this name, the largest first; none has it: none.

    Whoever writes Sevilla may mean Sevilla in Colombia, or Seville, which has that name among
    others: one that is larger than a place of this very name is as likely as it.
    """
    name = fold_name(town.split(",")[0])
    namesakes = [place for place in places if fold_name(place.name) == name]
    least = min((place.population for place in namesakes), default=math.inf)
    larger = [place for place in places if place.population > least]
    meant = {place.pk: place for place in (*namesakes, *larger)}
    return sorted(meant.values(), key=lambda place: (-place.population, place.pk))


def question(town: str, *, is_known: bool, has_refused: bool) -> str:
    """What to ask where it is not plain which place a town's name means."""
    if has_refused:
        return _("Choose the country of the town.")
    if is_known:
        words = _(
            "Which place is meant by “%(town)s”? Choose it below, or write its region or country "
            "too."
        )
    else:
        words = _(
            "We do not know the town “%(town)s”. Check how it is written, or choose its country."
        )
    return words % {"town": town}


def country_choices() -> list[tuple[str, str]]:
    """Countries of the gazetteer by name, after an empty one: one query for all places."""
    countries = Place.objects.countries().values_list("country_code", flat=True)
    names = sorted((country_name(code), code) for code in countries)
    return [("", ""), *((code, name) for name, code in names)]

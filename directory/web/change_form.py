"""Suggest a change: the listing's form filled in. Only what differs is put into its document.

The form shows the public document; the proposal is made of the whole one. What the public does not
see is neither shown nor touched: each field that was changed is put into a copy of the whole.
"""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from directory.documents import public_document
from directory.documents.reading import public_location
from directory.models import AreaKind, Lifecycle, Place, Precision
from directory.search.names import country_name
from directory.web.areas_field import area_line
from directory.web.place_form import PlaceForm, country_choices
from directory.web.plain_fields import Lines, PlainText, without_faults
from directory.web.proposal_forms import CONTACT, SCHEMES, ListingForm, with_country_code
from directory.web.whereabouts import place_in_full

PLAIN = ("name", "summary", "description", *CONTACT, "lifecycle", "founded", "closed")
NEW_PLACE = "new"


class ChangeForm(ListingForm):
    """All that a visitor may know better. `base` is the whole document that they were shown."""

    other_names = Lines(
        label=gettext_lazy("Other names"), required=False, help_text=gettext_lazy("One a line.")
    )
    lifecycle = forms.ChoiceField(label=gettext_lazy("Is it at work?"), choices=Lifecycle.choices)
    founded = PlainText(
        label=gettext_lazy("Founded"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("A year, or a day like 1998-05-17."),
    )
    closed = PlainText(
        label=gettext_lazy("Closed"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("A year, or a day like 1998-05-17."),
    )
    online = forms.BooleanField(label=gettext_lazy("It works online, anywhere"), required=False)

    page_order = (
        "name other_names summary description types values sectors lifecycle founded closed "
        "places areas online website phone email relation evidence note sender_email"
    )

    def __init__(self, data: Any, base: dict[str, Any]) -> None:
        self.base = base
        self.places = places_of(base)
        super().__init__(data, initial=self._initial())
        # What is missing in the listing need not be known to whoever changes something else.
        self.fields["summary"].required = False
        self.shown_places = [
            (i, shown)
            for i, location in enumerate(base["locations"])
            if (shown := public_location(location)) is not None
        ]
        countries = country_choices()
        self.place_forms = [
            PlaceForm(
                data,
                prefix=f"at-{i}",
                initial=self._initial_place(shown),
                countries=countries,
            )
            for i, shown in self.shown_places
        ]
        self.new_place = PlaceForm(
            data,
            prefix=f"at-{NEW_PLACE}",
            initial={"shown": Precision.TOWN.value},
            countries=countries,
        )
        # A place that nobody may see is told in the note, if at all.
        choices = self.new_place.fields["shown"].choices
        self.new_place.fields["shown"].choices = [
            choice for choice in choices if choice[0] != Precision.HIDDEN
        ]
        self.place_forms.append(self.new_place)

    def _initial(self) -> dict[str, Any]:
        shown = public_document(self.base)
        initial = {name: shown[name] for name in (*PLAIN, "other_names")}
        for name, scheme in SCHEMES.items():
            codes = [c["code"] for c in self.base["claims"] if c["scheme"] == scheme]
            initial[name] = list(dict.fromkeys(codes))
        areas = self.base["service_areas"]
        initial["areas"] = [line for area in areas if (line := area_line(area, self.places))]
        initial["online"] = any(area["kind"] == AreaKind.ONLINE for area in areas)
        return initial

    def _initial_place(self, shown: dict[str, Any]) -> dict[str, Any]:
        """A public location as the form writes it."""
        place = self.places.get(shown["place"])
        town = place_in_full(place) if place else shown["locality"]
        if place and place.kind != "town" and shown["locality"]:
            town = f"{shown['locality']}, {place_in_full(place)}"
        return {
            "shown": shown["precision"],
            "street": shown["street"],
            "postcode": shown["postcode"],
            "town": town or country_name(shown["country"]),
            "opening_hours": shown["opening_hours"],
            "wheelchair": shown["wheelchair"],
            "country": "" if place else shown["country"],
        }

    def check_places(self) -> None:
        for form in self.place_forms:
            is_needed = form is not self.new_place or form.is_filled_in
            if is_needed and not form.cleaned_data.get("gone"):
                form.need_town()

    def read_document(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        document = deepcopy(self.base)
        for name in {*PLAIN, "other_names"} & {*self.changed_data}:
            document[name] = cleaned[name]
        # The form says that they are to be shown.
        changed = {"email", "phone"} & {*self.changed_data}
        document |= {f"{name}_is_public": bool(cleaned[name]) for name in changed}
        document["claims"] = self._claims(cleaned)
        document["service_areas"] = self._areas(cleaned)
        document["locations"] = self._locations(document["locations"])
        if "phone" in self.changed_data:
            countries = [location["country"] for location in document["locations"]]
            document["phone"] = with_country_code(cleaned["phone"], next(iter(countries), ""))
        return document

    def _claims(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        """Claims whose term was unticked go, whoever made them; newly ticked terms come last."""
        claims = list(self.base["claims"])
        for name, scheme in SCHEMES.items():
            before, after = self.initial[name], cleaned[name]
            gone = {code for code in before if code not in after}
            claims = [c for c in claims if c["scheme"] != scheme or c["code"] not in gone]
            claims += [{"scheme": scheme.value, "code": c} for c in after if c not in before]
        return claims

    def _areas(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        """Areas whose line is gone go; circles, which have no line, stay."""
        areas = list(self.base["service_areas"])
        if "areas" in self.changed_data and "areas" not in self.errors:
            wanted = cleaned["areas"]
            areas = [a for a in areas if not area_line(a, self.places) or _bare(a) in wanted]
            areas += [area for area in wanted if area not in [_bare(a) for a in areas]]
        if "online" in self.changed_data:
            areas = [area for area in areas if area["kind"] != AreaKind.ONLINE]
            areas += [{"kind": AreaKind.ONLINE.value}] if cleaned["online"] else []
        return areas

    def _locations(self, locations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        gone = set()
        for (i, _shown), form in zip(self.shown_places, self.place_forms, strict=False):
            if form.cleaned_data.get("gone"):
                gone.add(i)
            locations[i] |= changed_members(form)
        kept = [location for i, location in enumerate(locations) if i not in gone]
        new = self.new_place
        if new.is_filled_in:
            shown = without_faults(new)["shown"]
            part = new.address() | changed_members(new) | {"precision": shown}
            kept.append(part)
        return kept

    def field_at(self, pointer: str) -> tuple[forms.Form, str | None]:
        """A fault of a location stands at its form; one of a place that is not shown, nowhere."""
        steps = pointer.strip("/").split("/")
        if steps[0] != "locations" or len(steps) < 2:
            return super().field_at(pointer)
        gone = {form.prefix for form in self.place_forms if form.cleaned_data.get("gone")}
        prefixes = [f"at-{i}" for i in (*range(len(self.base["locations"])), NEW_PLACE)]
        prefix = [prefix for prefix in prefixes if prefix not in gone][int(steps[1])]
        form = next((form for form in self.place_forms if form.prefix == prefix), None)
        if form is None:
            return self, None
        name = steps[2] if len(steps) > 2 else "town"
        return form, name if name in form.fields else "town"


def changed_members(form: PlaceForm) -> dict[str, Any]:
    """Members of a location that were changed in its form, as a document writes them."""
    cleaned, changed = without_faults(form), form.changed_data
    members: dict[str, Any] = {}
    if form.has_new_address and cleaned["town"]:
        members |= (
            form.address()
            if "town" in changed or "country" in changed
            else {
                "street": cleaned["street"],
                "postcode": cleaned["postcode"],
                "latitude": None,
                "longitude": None,
            }
        )
    if "shown" in changed:
        members["precision"] = cleaned["shown"]
    return members | {
        name: cleaned[name] for name in ("opening_hours", "wheelchair") if name in changed
    }


def places_of(document: dict[str, Any]) -> dict[str, Place]:
    """The places that a document names, by path, with their regions and countries."""
    parts = [*document["locations"], *document["service_areas"]]
    paths = {part["place"] for part in parts if part["place"]}
    # A location may be told as its region only.
    above = {"/".join(path.split("/")[:depth]) for path in paths for depth in (1, 2, 3)}
    rows = Place.objects.with_parents().filter(path__in=paths | above)
    return {place.path: place for place in rows}


def _bare(area: dict[str, Any]) -> dict[str, Any]:
    """An area of a stored document as the form reads one."""
    return {name: area[name] for name in ("kind", "place", "country") if area[name]}

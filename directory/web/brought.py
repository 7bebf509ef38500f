"""What was typed as a new listing, brought along as a correction of one that is there already."""

from typing import Any

from django.forms import BooleanField, BoundField, Field, Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from directory.models import Precision
from directory.search.words import fold_name
from directory.web.change_form import ChangeForm
from directory.web.place_form import PlaceForm
from directory.web.proposal_forms import CONTACT, ONLINE, SCHEMES, with_country_code

SENDER = ("relation", "evidence", "note", "sender_email", "stamp")
AT = "at-"  # What the fields of the place begin with in the form of a new listing.
KNOWN_TOWN = ("street", "postcode", "opening_hours", "wheelchair")  # Said of a place it has.
AT_PLACE = ("town", "country", "place", *KNOWN_TOWN)
HIDDEN_IN_NOTE = ("street", "postcode", "town", "country", "opening_hours", "wheelchair")
EXACT_FIRST = [precision.value for precision in Precision]


def brought_along(typed: QueryDict, base: dict[str, Any]) -> ChangeForm:
    """The form of the listing whose whole document is `base`, with what was typed put into it.

    What was left empty says nothing of the listing and changes nothing. Terms and areas are added
    to those that it has; an address goes to its place in that town, or is another place.
    """
    form = ChangeForm(None, base)
    data = as_sent(form)
    for name in SENDER:
        data[name] = typed.get(name, "")
    for name in ("name", "summary", "description", *CONTACT):
        if typed.get(name, "").strip() and not _says_the_same(name, typed[name], form):
            data[name] = typed[name]
    for name in SCHEMES:
        data.setlist(name, list(dict.fromkeys([*data.getlist(name), *typed.getlist(name)])))
    lines = [line.strip() for line in typed.get("areas", "").splitlines() if line.strip()]
    data["areas"] = "\n".join(dict.fromkeys([*form.initial["areas"], *lines]))
    if typed.get("shown") == ONLINE:
        data["online"] = "on"
    else:
        _put_place(data, typed, form)
    return ChangeForm(data, base)


def as_sent(form: ChangeForm) -> MultiValueDict:
    """What a browser sends of the form where nothing is touched."""
    sent = MultiValueDict()
    for part in (form, *form.place_forms):
        for bound in part:
            value = bound.field.prepare_value(bound.value())
            if isinstance(bound.field, BooleanField):
                sent.setlist(bound.html_name, ["on"] if value else [])
            else:
                sent.setlist(bound.html_name, value if isinstance(value, list) else [value or ""])
    return sent


def _says_the_same(name: str, typed: str, form: ChangeForm) -> bool:
    """Whether it is only written otherwise than in the listing."""
    listed = form.initial[name]
    if name == "phone":
        countries = [location["country"] for location in form.base["locations"]]
        return with_country_code(typed, next(iter(countries), "")) == listed
    if name == "website":
        return _bare(typed) == _bare(listed)
    return typed.casefold().split() == listed.casefold().split()


def _bare(address: str) -> str:
    """A web address without what people leave out of it."""
    bare = address.strip().casefold().removeprefix("https://").removeprefix("http://")
    return bare.removeprefix("www.").removesuffix("/")


def _put_place(data: MultiValueDict, typed: QueryDict, form: ChangeForm) -> None:
    said = {name: typed.get(AT + name, "").strip() for name in AT_PLACE}
    shown = typed.get("shown", "")
    meant = _place_meant(said, form)
    if meant is None and shown == Precision.HIDDEN:
        # Where it may be shown to nobody, only the editors read it.
        fields = form.new_place.fields
        address = ", ".join(filter(None, (_words(fields[n], said[n]) for n in HIDDEN_IN_NOTE)))
        words = _("Its address, not to be shown: %(address)s") % {"address": address}
        data["note"] = "\n".join(filter(None, [data["note"], address and words]))
        return
    part = form.new_place if meant is None else meant
    for name in AT_PLACE if meant is None else KNOWN_TOWN:
        if said[name]:
            data[part.add_prefix(name)] = said[name]
    if shown in EXACT_FIRST and (meant is None or _hides_more(shown, meant)):
        data[part.add_prefix("shown")] = shown


def _place_meant(said: dict[str, str], form: ChangeForm) -> PlaceForm | None:
    """The place of the listing in the town that was typed, or its only one; None for another."""
    town = _parts(said["town"])
    alike = [
        place
        for place in form.place_forms
        if place is not form.new_place and town <= _parts(place.initial["town"])
    ]
    street = fold_name(said["street"])
    same = [place for place in alike if fold_name(place.initial["street"]) == street]
    if same or (alike and (len(alike) == 1 or not street)):
        return (same or alike)[0]
    return None


def _parts(town: str) -> set[str]:
    """A town with the region and country that are written behind it."""
    return {folded for part in town.split(",") if (folded := fold_name(part))}


def _hides_more(shown: str, place: PlaceForm) -> bool:
    """Whoever adds a listing cannot know that a shown address does harm; whoever hid it may."""
    return EXACT_FIRST.index(shown) > EXACT_FIRST.index(place.initial["shown"])


def differences(form: ChangeForm) -> list[tuple[str, str, str, str]]:
    """What a filled-in form says other than the listing: id and label of the field, was, now."""
    return [
        (part[name].id_for_label, _label(part, name, form), *_was_and_now(part[name]))
        for part in (form, *form.place_forms)
        for name in part.changed_data
        if name not in SENDER and not _is_idle(part, name, form)
    ]


def _label(part: Form, name: str, form: ChangeForm) -> str:
    label = str(part[name].label)
    return f"{_('Add another place')}: {label}" if part is form.new_place else label


def _is_idle(part: Form, name: str, form: ChangeForm) -> bool:
    """What says nothing by itself: a choice among towns, an empty place to be added."""
    return name in {"fax", "place"} or (part is form.new_place and name == "shown")


def _was_and_now(bound: BoundField) -> tuple[str, str]:
    return _words(bound.field, bound.initial), _words(bound.field, bound.value())


def _words(field: Field, value: Any) -> str:
    if isinstance(field, BooleanField):
        return _("yes") if value else ""
    if choices := dict(getattr(field, "choices", ())):
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(choices.get(code, code)) for code in codes if code)
    return str(field.prepare_value(value) or "")

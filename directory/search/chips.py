"""What is chosen, in words, so that each part can be shown and taken away."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from directory.models import Lifecycle, Network, Place, Source, VerificationLevel, vocabulary
from directory.search.names import language_name
from directory.search.query import Choice
from directory.search.questions import for_quoting
from directory.search.texts import number_shown


def chips_of(given: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(parameter, value, label in words) for each thing chosen, in the order of the parameters."""
    chips: list[tuple[str, str, str]] = []
    for parameter, value in given.items():
        if isinstance(value, Choice):
            chips.extend(_of_choice(parameter, value))
        elif value and parameter in _LABELS:
            chips.append((parameter, *_LABELS[parameter](value)))
        elif parameter == "radius" and value and given["near"]:
            label = _("Within %(km)s km") % {"km": number_shown(value)}
            chips.append(("radius", f"{value:g}", label))
    return chips


_LABELS = {
    "q": lambda words: (words, f"“{for_quoting(words)}”"),
    "words_only": lambda chosen: ("1", _("All words as words")),
    "near": lambda near: (near.text, _("Near %(place)s") % {"place": near.point.label}),
    "bbox": lambda box: (
        f"{box.west:g},{box.south:g},{box.east:g},{box.north:g}",
        _("In this part of the map"),
    ),
    "serves": lambda place: (place.path, _("Serves %(place)s") % {"place": place.name}),
    "verified_only": lambda chosen: ("1", _("Checked by someone else")),
    "confirmed_after": lambda day: (
        day.isoformat(),
        _("Confirmed after %(day)s") % {"day": formats.date_format(day)},
    ),
    "open_now": lambda chosen: ("1", _("Open now")),
}


def _of_choice(parameter: str, choice: Choice) -> list[tuple[str, str, str]]:
    labels = labels_of(parameter, [*choice.include, *choice.exclude])
    included = [(parameter, code, labels[code]) for code in choice.include]
    excluded = [
        (parameter, f"-{code}", _("Not: %(label)s") % {"label": labels[code]})
        for code in choice.exclude
    ]
    return included + excluded


def labels_of(facet: str, codes: list[str]) -> dict[str, str]:
    """The words for codes of a facet; a code that has none stands for itself."""
    if not codes:
        return {}
    labels = {code: code for code in codes}
    match facet:
        case "place":
            labels.update(Place.objects.filter(path__in=codes).values_list("path", "name"))
        case "source":
            sources = Source.objects.filter(code__in=codes)
            labels.update((source.code, source.shown_name) for source in sources)
        case "network":
            labels.update(Network.objects.filter(slug__in=codes).values_list("slug", "name"))
        case "language":
            labels = {code: language_name(code) for code in codes}
        case "lifecycle":
            labels = {code: str(Lifecycle(code).label) for code in codes}
        case "verification":
            labels = {level.code: str(level.label) for level in VerificationLevel}
        case _:
            terms = vocabulary()
            for code in codes:
                if term := terms.get(facet, code):
                    labels[code] = term.label
    return labels

"""The filters beside the list: one panel for each facet, with live counts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from directory.search.query import FacetValue, Found
from directory.web.links import Question

MOST_SHOWN = 8  # Values of a facet before "Show more" (EXPERIENCE 13).
LONG = 12  # From here on script offers a field to narrow the list down.
MOST_LISTED = 20  # Values of a facet in all: the page has to stay small (EXPERIENCE 55).
IN_FRONT = ("type", "value", "sector", "place", "verification", "language")
BEHIND = ("network", "lifecycle", "source")
# Headings of the facets, by parameter.
LEGENDS = {
    "type": _("Type"),
    "value": _("Value"),
    "sector": _("Works in"),
    "place": _("Place"),
    "verification": _("How it is known"),
    "language": _("Languages"),
    "lifecycle": _("Life of the group"),
    "source": _("Source"),
    "network": _("Network"),
}


@dataclass(frozen=True)
class Row:
    """One value: its tick, its count, and the links that leave it out or take it back."""

    code: str
    label: str
    count: int
    is_chosen: bool
    is_excluded: bool
    is_inner: bool
    other_url: str

    @property
    def is_off(self) -> bool:
        """Nothing would be found, and it is not chosen: shown, but not to be ticked."""
        return self.count == 0 and not self.is_chosen


@dataclass(frozen=True)
class Panel:
    """One facet: a heading, the values shown at once, and the rest."""

    name: str
    legend: str
    rows: list[Row]
    more: list[Row] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        return len(self.rows) + len(self.more) > LONG


def panels(found: Found, question: Question) -> tuple[list[Panel], list[Panel]]:
    """The panels in front, and those behind "More filters"."""
    made = [
        [panel for name in names if (panel := panel_of(name, found.facets, question))]
        for names in (IN_FRONT, BEHIND)
    ]
    return made[0], made[1]


def panel_of(
    name: str, facets: dict[str, tuple[FacetValue, ...]], question: Question
) -> Panel | None:
    """A facet as a panel; None where nothing can be chosen in it."""
    values = _worth_showing(facets.get(name, ()))
    if not values:
        return None
    shown = _shown_first(values)
    codes = {value.code for value in values}
    with_value = question.adder(name)
    rows = [
        (value, row_of(name, value, question, with_value, value.parent in codes))
        for value in values
    ]
    return Panel(
        name=name,
        legend=str(LEGENDS[name]),
        rows=[row for value, row in rows if value.code in shown],
        more=[row for value, row in rows if value.code not in shown],
    )


def row_of(
    name: str,
    value: FacetValue,
    question: Question,
    with_value: Callable[[str], str],
    is_inner: bool,
) -> Row:
    left_out = f"-{value.code}"
    if value.is_excluded:
        other_url = question.leaving_out(name, left_out).link()
    elif value.is_chosen:
        other_url = question.adding(name, left_out).link()
    else:
        other_url = with_value(left_out)
    return Row(
        code=value.code,
        label=value.label,
        count=value.count,
        is_chosen=value.is_chosen,
        is_excluded=value.is_excluded,
        is_inner=is_inner,
        other_url=other_url,
    )


def _worth_showing(values: tuple[FacetValue, ...]) -> list[FacetValue]:
    """All of a short facet; of a long one those that are chosen or find most."""
    used = [value for value in values if value.count or is_picked(value)]
    if not used:
        return []
    if len(values) <= LONG:
        return list(values)
    kept = {value.code for value in ranked(used)[:MOST_LISTED]}
    return [value for value in used if value.code in kept]


def is_picked(value: FacetValue) -> bool:
    return value.is_chosen or value.is_excluded


def ranked(values: list[FacetValue]) -> list[FacetValue]:
    """What is chosen, then the largest."""
    return sorted(values, key=lambda value: (not is_picked(value), -value.count))


def _shown_first(values: list[FacetValue]) -> set[str]:
    """What is chosen, and the largest of the rest up to eight; none hides behind "more" alone."""
    most = len(values) if len(values) == MOST_SHOWN + 1 else MOST_SHOWN
    picked = [value for value in values if is_picked(value)]
    return {value.code for value in [*picked, *ranked(values)[:most]]}

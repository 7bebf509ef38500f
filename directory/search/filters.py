"""The one filter of the results page and the API: query parameters in, a Query out.

Every parameter is checked; what is wrong is said in words under its own name, unknown names
included. A parameter that takes one value is wrong if given twice: which one was meant?
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.models import Organization, Place
from directory.search import parameters
from directory.search.chips import chips_of
from directory.search.engine import understand
from directory.search.here import without_here
from directory.search.origin import Origin
from directory.search.query import FACETS, SORTS, Query
from directory.search.readings import Reading, Readings
from directory.search.texts import shown

SEVERAL = (*FACETS,)  # Parameters that may be given more than once.
PROBLEMS_MAX = 20  # Unknown names that are told apart; nobody reads more.


def _filter(field: type, label: str, **given: object) -> type[django_filters.Filter]:
    """A filter with a form field of ours; the search engine does the filtering."""

    class Parameter(django_filters.Filter):
        field_class = field

    return Parameter(label=label, **given)


class OrganizationFilter(django_filters.FilterSet):
    """Query parameters of a search, checked; `query` is what they ask for."""

    q = _filter(parameters.Words, "What")
    words_only = _filter(parameters.Switch, "No word is taken for a place")
    type = _filter(parameters.Terms, "Types", scheme="type")
    value = _filter(parameters.Terms, "Values", scheme="value")
    sector = _filter(parameters.Terms, "Sectors", scheme="sector")
    place = _filter(parameters.Places, "Located in")
    near = _filter(parameters.Near, "Near")
    radius = _filter(parameters.Radius, "Radius in km")
    bbox = _filter(parameters.MapBox, "Map view: west,south,east,north")
    serves = _filter(parameters.Serves, "Serves this place")
    verified_only = _filter(parameters.Switch, "Checked by someone else")
    confirmed_after = _filter(parameters.Day, "Confirmed after this day")
    lifecycle = _filter(parameters.Lifecycles, "Life of the enterprise")
    language = _filter(parameters.Languages, "Languages")
    verification = _filter(parameters.Verifications, "How well it is known")
    source = _filter(parameters.Sources, "Sources")
    network = _filter(parameters.Networks, "Networks")
    open_now = _filter(parameters.Switch, "Open now")
    sort = _filter(parameters.OneOf, "Order", codes=SORTS)
    page = _filter(parameters.Whole, "Page", most=settings.RESULT_WINDOW)
    page_size = _filter(parameters.Whole, "Results per page", most=settings.API_PAGE_SIZE_MAX)

    class Meta:
        model = Organization
        fields: list[str] = []

    def __init__(self, data: Mapping | None = None, *, ignored: Iterable[str] = ()) -> None:
        """`data`: request.GET or a plain dict; `ignored`: names that are others' business."""
        # Not as a FilterSet does, which copies all filters for each request and makes a form of
        # them, to filter rows. Ours only check: that was a twentieth of a page.
        self.data = _many_valued(data)
        self.filters = self.base_filters
        self.ignored = frozenset(ignored)

    @cached_property
    def _checked(self) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """The values that can be read, and what is wrong with the others, by parameter."""
        values, wrong = {}, {}
        for name, parameter in self.filters.items():
            field = parameter.field
            try:
                values[name] = field.clean(field.widget.value_from_datadict(self.data, {}, name))
            except ValidationError as fault:
                wrong[name] = fault.messages
        return values, wrong

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by parameter, in sentences; empty if all is well."""
        found = dict(self._errors_of_names())
        for name in self.filters:
            values = self.data.getlist(name)
            if len(values) > 1 and name not in SEVERAL:
                found[name] = [_("Give this only once.")]
        for name, messages in self._checked[1].items():
            found.setdefault(name, messages)
        if "page" not in found and "page_size" not in found:
            found.update(self._errors_of_window())
        return found

    def is_valid(self) -> bool:
        """Whether the parameters can be searched with."""
        return not self.errors

    @cached_property
    def query(self) -> Query:
        """The question as it is understood. Raises ValueError if the parameters are not valid."""
        asked = self._asked()
        return self.reading.of(asked) if self.reading else asked

    @property
    def reading(self) -> Reading | None:
        """What the words were taken as, if they name a place; who gives a place is not guessed."""
        return self._readings.taken

    @property
    def offered_reading(self) -> Reading | None:
        """What words that are kept as words may be taken as, if they name a place too."""
        return self._readings.offered

    @cached_property
    def _readings(self) -> Readings:
        return Readings() if self.errors else understand(self._asked())

    @cached_property
    def asks_here(self) -> bool:
        """Whether the words ask for what is "near me", which no search can know."""
        words = self._checked[0].get("q") or ""
        return not self.errors and not self._checked[0]["words_only"] and without_here(words)[1]

    def _asked(self) -> Query:
        if self.errors:
            raise ValueError("the parameters are not valid")
        given, _wrong = self._checked
        words = given["q"] or ""
        return Query(
            words=words if given["words_only"] else without_here(words)[0],
            words_only=given["words_only"],
            facets={name: given[name] for name in FACETS if given[name]},
            near=given["near"].point if given["near"] else None,
            radius_km=given["radius"] or float(settings.RADIUS_DEFAULT_KM),
            box=given["bbox"],
            serves=given["serves"].path if given["serves"] else "",
            verified_only=given["verified_only"],
            confirmed_after=given["confirmed_after"],
            open_now=given["open_now"],
            sort=given["sort"] or "",
            page=given["page"] or 1,
            page_size=given["page_size"] or settings.PAGE_SIZE,
            language=(get_language() or settings.LANGUAGE_CODE).split("-")[0],
        )

    @property
    def origin(self) -> Origin | None:
        """Where the search is around: of the words, if they name a place, else of `near`."""
        if self.reading:
            return self.reading.origin
        return None if self.errors else self._checked[0]["near"]

    @property
    def near_choices(self) -> list[Place]:
        """Other places of the name that was given, likeliest first; the likeliest was taken."""
        return list(self.origin.choices) if self.origin else []

    @property
    def near_place(self) -> Place | None:
        """The place of the gazetteer that `near` was taken as, if it is one."""
        near = None if self.errors else self._checked[0]["near"]
        return near.place if near else None

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """All that is chosen, in order, as (parameter, value, label in words)."""
        return [] if self.errors else chips_of(self._checked[0])

    def _errors_of_names(self) -> Iterable[tuple[str, list[str]]]:
        unknown = [name for name in self.data if name not in {*self.filters, *self.ignored}]
        for name in unknown[:PROBLEMS_MAX]:
            known = ", ".join(self.filters)
            yield (
                shown(name),
                [_("There is no such parameter. Known are: %(names)s.") % {"names": known}],
            )

    def _errors_of_window(self) -> dict[str, list[str]]:
        given, _wrong = self._checked
        size = given.get("page_size") or settings.PAGE_SIZE
        if (given.get("page") or 1) * size <= settings.RESULT_WINDOW:
            return {}
        last = settings.RESULT_WINDOW // size
        message = _("Pages end at %(last)d. Narrow the search to see the rest.") % {"last": last}
        return {"page": [message]}


def _many_valued(data: Mapping | None) -> QueryDict:
    """The parameters as a QueryDict, also from a plain dict of texts or lists."""
    if isinstance(data, QueryDict):
        return data
    copied = QueryDict(mutable=True)
    for name, value in (data or {}).items():
        copied.setlist(name, [value] if isinstance(value, str) else list(value))
    return copied

"""What search.filters reads, described for whoever calls the API.

A test holds the names against OrganizationFilter; codes of terms and places are data, hence
patterns: a well-formed code that is not known here is answered with 400.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from directory.api.parameters import PAGE, PAGE_SIZE, PLAIN_TEXT, Parameter
from directory.models import Lifecycle, VerificationLevel
from directory.search.query import SORTS

CODE = r"^(-?[a-z0-9]+([.-][a-z0-9]+)*)?$"
PATH = r"[a-z]{2}(/[a-z0-9]+(-[a-z0-9]+)*){0,2}"
DEGREES = r"-?(0|[1-9][0-9]{0,2})(\.[0-9]{1,12})?"
BOX = rf"^{DEGREES},{DEGREES},{DEGREES},{DEGREES}$"


def _codes(codes: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [*codes, *(f"-{code}" for code in codes), ""]}


def _facet(name: str, description: Any, schema: dict[str, Any], example: str) -> Parameter:
    return Parameter(name, description, schema, example=example, is_repeatable=True)


Q = Parameter(
    "q",
    _("Words to look for. Accents, capitals and small typing errors do not matter."),
    {"type": "string", "maxLength": settings.QUERY_LENGTH_MAX, "pattern": PLAIN_TEXT},
    example="credit union",
)
TERMS = tuple(
    _facet(name, description, {"type": "string", "pattern": CODE, "maxLength": 81}, example)
    for name, description, example in (
        (
            "type",
            _(
                "What kind of enterprise: a code of the vocabulary. Repeat it for any of several, "
                "put a hyphen in front to leave one out. A broader code finds the narrower ones."
            ),
            "credit-union",
        ),
        ("value", _("Which value it lives: a code, as for type."), "deepens-democracy"),
        ("sector", _("What it works in: a code, as for type."), "food"),
    )
)
NEAR = Parameter(
    "near",
    _("A town in any of its names, the path of a place, a postcode, or latitude,longitude."),
    {"type": "string", "maxLength": settings.QUERY_LENGTH_MAX, "pattern": PLAIN_TEXT},
    example="Washington, DC",
)
RADIUS = Parameter(
    "radius",
    _("How far from near, in kilometres; 25 where it is left out."),
    {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": settings.RADIUS_MAX_KM,
        "default": settings.RADIUS_DEFAULT_KM,
    },
    example=25,
)
BBOX = Parameter(
    "bbox",
    _("A map view in degrees: west,south,east,north. West beyond east crosses the date line."),
    {"type": "string", "pattern": BOX, "maxLength": 80},
    example="-77.3,38.7,-76.7,39.2",
)
WORDS_ONLY = Parameter(
    "words_only",
    _(
        "With true, every word of q is looked for as a word. Else a place among them is taken for "
        "one, and understood says so."
    ),
    {"type": "boolean", "default": False},
    example=True,
)
QUESTION = (
    Q,
    WORDS_ONLY,
    *TERMS,
    _facet(
        "place",
        _("The path of a country, region or town: what is located there."),
        {"type": "string", "pattern": rf"^(-?{PATH})?$", "maxLength": 201},
        "us/maryland",
    ),
    NEAR,
    RADIUS,
    BBOX,
    Parameter(
        "serves",
        _("A place, by its path or name: only what says that it serves it."),
        {"type": "string", "maxLength": settings.QUERY_LENGTH_MAX, "pattern": PLAIN_TEXT},
        example="us/maryland",
    ),
    Parameter(
        "verified_only",
        _("With true, only what somebody other than the enterprise has checked."),
        {"type": "boolean", "default": False},
        example=True,
    ),
    Parameter(
        "confirmed_after",
        _("Only what was confirmed after this day."),
        {"type": "string", "format": "date"},
        example="2026-01-31",
    ),
    _facet(
        "lifecycle",
        _("The life of the enterprise. A hyphen in front leaves one out."),
        _codes(Lifecycle.values),
        "active",
    ),
    _facet(
        "language",
        _("A language spoken there, as a code of two or three letters."),
        {"type": "string", "pattern": r"^(-?[a-z]{2,3})?$"},
        "es",
    ),
    _facet(
        "verification",
        _("How well the listing is known."),
        _codes([level.code for level in VerificationLevel]),
        "documented",
    ),
    _facet(
        "source",
        _("The code of a source that facts were taken from."),
        {"type": "string", "pattern": r"^(-?[A-Za-z0-9_][A-Za-z0-9_-]*)?$", "maxLength": 61},
        "ncua",
    ),
    _facet(
        "network",
        _("The address word of a network: its members, and what it approved."),
        {"type": "string", "pattern": r"^(-?[a-z0-9]+(-[a-z0-9]+)*)?$", "maxLength": 61},
        "example-network",
    ),
    Parameter(
        "open_now",
        _("With true, only what is open now, in its own time zone."),
        {"type": "boolean", "default": False},
        example=True,
    ),
)
SORT = Parameter(
    "sort",
    _("The order. Left out, it is relevance with words, else distance with near, else name."),
    {"type": "string", "enum": list(SORTS)},
    example="distance",
)
# A form sends its empty fields too, and a results page with them is the same question.
FILTERS = tuple(replace(p, may_be_empty=True) for p in (*QUESTION, SORT, PAGE, PAGE_SIZE))

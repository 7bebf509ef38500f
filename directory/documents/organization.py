"""OrganizationDocument: the one JSON shape in which a listing enters and leaves.

A form, an API write, an import row and a stored revision are all this document. `validate` reads
one; `document_of` (in `reading`) makes one from rows; `schema` describes it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from directory.documents.difference import KEYS
from directory.documents.fields import ListOf, MapOf, Number, ObjectOf, OneOf, YesNo
from directory.documents.origins import NO_FACTS
from directory.documents.problems import Problems, step
from directory.documents.protection import protect_locations
from directory.documents.references import References
from directory.documents.texts import Date, Email, OpeningTimes, PartialDate, Phone, Text, Url
from directory.models import (
    CLAIMABLE_SCHEMES,
    AreaKind,
    Assertion,
    Lifecycle,
    Precision,
    Wheelchair,
    vocabulary,
)
from directory.models.governance import governance_attributes
from directory.models.identifier_schemes import IDENTIFIER_SCHEMES

LANGUAGE = Text(12, pattern=r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", hint="en, es, pt-BR")
COUNTRY = Text(2, pattern=r"[A-Z]{2}", hint="UY, TG, US")
PLACE = Text(200, pattern=r"[a-z]{2}(/[a-z0-9]+(-[a-z0-9]+)*){0,2}", hint="us/maryland/greenbelt")
LATITUDE, LONGITUDE = Number(-90, 90), Number(-180, 180)


def _check_point(found: dict, pointer: str, problems: Problems) -> None:
    if (found["latitude"] is None) != (found["longitude"] is None):
        missing = "latitude" if found["latitude"] is None else "longitude"
        problems.add(
            step(pointer, missing), _("Give both latitude and longitude, or neither."), "required"
        )


def _check_location(found: dict, pointer: str, problems: Problems) -> None:
    _check_point(found, pointer, problems)
    if not (found["place"] or found["country"] or found["latitude"] is not None):
        problems.add(pointer, _("Give a place, a country or a point."), "required")
    if found["place"] and found["country"] and found["country"].lower() != found["place"][:2]:
        country = step(pointer, "country")
        problems.add(country, _("The place lies in another country."), "contradiction")


NEEDED_BY_AREA = {
    "place": ("place",),
    "radius": ("latitude", "longitude", "radius_km"),
    "country": ("country",),
    "online": (),
}


def _check_area(found: dict, pointer: str, problems: Problems) -> None:
    needed = NEEDED_BY_AREA[found["kind"]]
    for name in ("place", "country", "latitude", "longitude", "radius_km"):
        is_given = found[name] not in ("", None)
        if name in needed and not is_given:
            problems.add(step(pointer, name), _("This kind of area needs it."), "required")
        elif name not in needed and is_given:
            problems.add(step(pointer, name), _("Leave it out for this kind of area."))


def _check_claim(found: dict, pointer: str, problems: Problems) -> None:
    if vocabulary().get(found["scheme"], found["code"]) is None:
        problems.add(
            step(pointer, "code"),
            _("There is no %(scheme)s with the code %(code)s.")
            % {"scheme": found["scheme"], "code": found["code"]},
            "unknown-code",
        )
    if (found["asserted_by"] == Assertion.PEER) != bool(found["asserted_by_name"]):
        problems.add(
            step(pointer, "asserted_by_name"),
            _("Name the peer who says so, and only for a peer."),
            "required",
        )
    until = step(pointer, "valid_until")
    if found["valid_until"] and found["valid_until"] < found["checked_on"]:
        problems.add(until, _("It cannot stop holding before it was checked."))


def _check_identifier(found: dict, pointer: str, problems: Problems) -> None:
    known = IDENTIFIER_SCHEMES.get(found["scheme"])
    if known and not known.accepts(found["value"]):
        problems.add(
            step(pointer, "value"),
            _("This is no number of %(register)s; one looks like %(example)s.")
            % {"register": known.name, "example": known.example},
            "identifier",
        )


def _fixed(choices: type[TextChoices]) -> Callable[[], list[str]]:
    """Codes that are not data; listing them anew for every value takes longer than to check it."""
    codes = choices.values
    return lambda: codes


def _governance_members() -> dict[str, Any]:
    members: dict[str, Any] = {}
    for attribute in governance_attributes().values():
        choice = OneOf(lambda codes=tuple(attribute.choices): codes, is_required=True)
        if attribute.kind == "multi":
            members[attribute.code] = ListOf(choice, most=len(attribute.choices))
        elif attribute.kind == "single":
            members[attribute.code] = OneOf(lambda codes=tuple(attribute.choices): codes)
        else:
            members[attribute.code] = Number(0, 1_000_000, is_whole=attribute.kind == "integer")
    return members


def _translation_members() -> dict[str, Any]:
    text = ObjectOf(
        {
            "name": Text(200),
            "summary": Text(300),
            "description": Text(20_000, several_lines=True),
            "is_machine_made": YesNo(),
        }
    )
    return {code: text for code, _name in settings.LANGUAGES}


LOCATION = ObjectOf(
    {
        "name": Text(200),
        "street": Text(200),
        "postcode": Text(20),
        "locality": Text(120),
        "region": Text(120),
        "country": COUNTRY,
        "place": PLACE,
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "precision": OneOf(_fixed(Precision), default=Precision.EXACT.value),
        "opening_hours": OpeningTimes(500),
        "wheelchair": OneOf(_fixed(Wheelchair)),
        "accessibility_note": Text(300),
    },
    further_check=_check_location,
)
SERVICE_AREA = ObjectOf(
    {
        "kind": OneOf(_fixed(AreaKind), is_required=True),
        "place": PLACE,
        "country": COUNTRY,
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "radius_km": Number(0.1, 1000),
    },
    required=("kind",),
    further_check=_check_area,
)
CLAIM = ObjectOf(
    {
        "scheme": OneOf(lambda: [str(s) for s in CLAIMABLE_SCHEMES], is_required=True),
        "code": Text(80, is_required=True),
        "is_primary": YesNo(),
        "statement": Text(500),
        "evidence_url": Url(500),
        "evidence_title": Text(100),
        "asserted_by": OneOf(_fixed(Assertion), default=Assertion.EDITOR.value),
        "asserted_by_name": Text(200),
        "source": Text(60),
        "checked_on": Date(10),
        "valid_until": Date(10),
    },
    required=("scheme", "code"),
    further_check=_check_claim,
)
IDENTIFIER = ObjectOf(
    {
        "scheme": Text(
            40, is_required=True, pattern=r"[A-Z]{1,8}(-[A-Z0-9]+)+", hint="GB-COH, XI-LEI"
        ),
        "value": Text(100, is_required=True),
        "checked_on": Date(10),
    },
    required=("scheme", "value"),
    further_check=_check_identifier,
)
SOURCE_RECORD = ObjectOf(
    {
        "source": Text(60, is_required=True),
        "external_id": Text(200),
        "url": Url(500),
        "fetched_on": Date(10),
        # What came from there; none named: it is not known which.
        "fields": ListOf(OneOf(lambda: [*FIELDS_WITH_ORIGIN], is_required=True), most=30),
    },
    required=("source",),
)
LINK = ObjectOf({"url": Url(500, is_required=True), "title": Text(100)}, required=("url",))

ORGANIZATION = ObjectOf(
    {
        "name": Text(200, is_required=True),
        "slug": Text(100, pattern=r"[a-z0-9]+(-[a-z0-9]+)*", hint="takoma-park-food-co-op"),
        "legal_name": Text(200),
        "other_names": ListOf(Text(200), most=20),
        "language": LANGUAGE,
        "further_languages": ListOf(LANGUAGE, most=20),
        "summary": Text(300),
        "description": Text(20_000, several_lines=True),
        "translations": MapOf(_translation_members),
        "lifecycle": OneOf(_fixed(Lifecycle), default=Lifecycle.ACTIVE.value),
        "founded": PartialDate(10),
        "closed": PartialDate(10),
        "website": Url(500),
        "email": Email(254),
        "email_is_public": YesNo(),
        "phone": Phone(40),
        "phone_is_public": YesNo(),
        "links": ListOf(LINK, most=20),
        "governance": MapOf(_governance_members),
        "members_count": Number(0, 2_000_000_000, is_whole=True),
        "workers_count": Number(0, 2_000_000_000, is_whole=True),
        "locations": ListOf(LOCATION, most=50),
        "service_areas": ListOf(SERVICE_AREA, most=50),
        "claims": ListOf(CLAIM, most=60),
        "identifiers": ListOf(IDENTIFIER, most=30),
        "sources": ListOf(SOURCE_RECORD, most=30),
    },
    required=("name",),
)
FIELDS_WITH_ORIGIN = [name for name in ORGANIZATION.members if name not in NO_FACTS]

PARTS_WITH_PLACE = ("locations", "service_areas")
PARTS_WITH_SOURCE = ("claims", "sources")


def validate(document: Any, *, references: References | None = None) -> dict:
    """The document, tidied and with every field filled in.

    Reads terms, places and sources to check that those named exist; whoever validates many
    documents gives one `references` for all, which asks for each only once.
    Raises InvalidDocument with one problem per fault, each with a JSON pointer.
    """
    problems = Problems()
    checked = ORGANIZATION.check(document, "", problems)
    checked["language"] = checked["language"] or settings.LANGUAGE_CODE
    if (
        checked["closed"]
        and checked["founded"]
        and checked["closed"] < checked["founded"][: len(checked["closed"])]
    ):
        problems.add("/closed", _("It cannot have closed before it was founded."))
    _check_repeats(checked, problems)
    _check_references(checked, references or References(), problems)
    problems.raise_any()
    protect_locations(document, checked)
    # The first of a scheme is listed first, wherever it was written.
    checked["claims"].sort(key=lambda claim: not claim["is_primary"])
    return checked


def _check_repeats(checked: dict, problems: Problems) -> None:
    """The same part twice (claim, number, source record, link, location, area) is a fault."""
    faulty = {tuple(problem.pointer.split("/")[1:3]) for problem in problems.found}
    for name in ("locations", "service_areas", *KEYS):
        seen = []
        for i, part in enumerate(checked[name]):
            key = [part[column] for column in KEYS.get(name, part)]
            if key in seen and (name, str(i)) not in faulty:
                problems.add(f"/{name}/{i}", _("This is given twice."), "repeated")
            seen.append(key)


def _check_references(checked: dict, references: References, problems: Problems) -> None:
    for column, names in (("place", PARTS_WITH_PLACE), ("source", PARTS_WITH_SOURCE)):
        named = [
            (f"/{name}/{i}/{column}", part[column])
            for name in names
            for i, part in enumerate(checked[name])
            if part[column]
        ]
        known = references.known(column, {value for _pointer, value in named})
        for pointer, value in named:
            if value not in known:
                problems.add(
                    pointer, _("%(value)s is not known here.") % {"value": value}, "unknown-code"
                )

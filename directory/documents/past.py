"""Documents of earlier times, as anyone may read them now.

What the public may no longer learn, the history must not tell either (DESIGN.md idea 5). One rule:
an earlier location is told as exactly as it was then only if the listing, as it is now, shows the
same address to everyone at least so exactly. Otherwise it is told as its town at most; as its
region, where the listing tells or once told no more of a location in that country; and not at all
where it hides a location in that country or ever hid one. An earlier e-mail address or telephone
number is told only where the listing shows the same one now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from directory.documents.reading import location_of, public_document, public_location
from directory.models import Organization, Precision, Revision

# From the most to the least that is told.
ORDER = [precision.value for precision in Precision]
ADDRESS = ("street", "postcode", "place", "latitude", "longitude")
# Different lists of locations that are looked through; one that had more may have hidden any.
STATES_MAX = 500
HIDDEN_ANYWHERE = {"country": "", "place": "", "precision": Precision.HIDDEN.value}

Document = dict[str, Any]
Location = dict[str, Any]


class Past:
    """What of a listing's earlier documents may be told; decided once, for all of them."""

    def __init__(
        self,
        now: list[Location],
        ever: Iterable[list[Location]] = (),
        contact: dict[str, str] | None = None,
    ) -> None:
        """`now`: the locations of the listing, hidden ones too; `ever`: those it had at any time;
        `contact`: the e-mail address and telephone number that it shows now."""
        self._contact = contact or {}
        self._addresses = {precision: _addresses(now, precision) for precision in ORDER}
        self._limits = _limits(chain([now], ever))

    def public(self, document: Document) -> Document:
        """The document of an earlier time as anyone may read it now."""
        told = [self._location(location) for location in document["locations"]]
        locations = [location for location in told if location is not None]
        public = public_document(document | {"locations": []}) | {"locations": locations}
        return public | {
            name: public[name] if public[name] == self._contact.get(name) else ""
            for name in ("email", "phone")
        }

    def _location(self, location: Location) -> Location | None:
        then = public_location(location)
        if then is None or _address(then) in self._addresses[location["precision"]]:
            return then
        told = _least(location["precision"], Precision.TOWN.value, self._limit(_country(location)))
        return public_location(location | {"precision": told, "latitude": None, "longitude": None})

    def _limit(self, country: str) -> str:
        """The least that was told of a location in the country; an unknown country is any."""
        found = [
            precision
            for other, precision in self._limits.items()
            if other == country or not (other and country)
        ]
        return _least(*found, ORDER[0])


@dataclass(frozen=True)
class Step:
    """One step of the history: a revision, and the public documents after and before it.

    `document` is None where it took the listing off the site, `before` where nothing was public.
    """

    revision: Revision
    document: Document | None
    before: Document | None


def history(organization: Organization, revisions: list[Revision]) -> list[Step]:
    """Steps for these revisions of the listing, which are `told()` and newest first.

    Takes three queries, however many revisions there are.
    """
    past = past_of(organization)
    before = _public_before(organization, revisions, past)
    steps = []
    for revision in reversed(revisions):
        document = past.public(revision.document) if revision.is_public else None
        steps.append(Step(revision, document, before))
        before = document or before
    return steps[::-1]


def past_of(organization: Organization) -> Past:
    """What may be told of the listing's past, in two queries.

    Of one that was merged, no address and no contact: the listing that stands for it may hide them.
    """
    if organization.is_merged:
        return Past([], [[HIDDEN_ANYWHERE]])
    rows = organization.locations.with_place().in_order()
    ever = list(Revision.objects.filter(organization=organization).locations()[: STATES_MAX + 1])
    if len(ever) > STATES_MAX:
        ever.append([HIDDEN_ANYWHERE])
    contact = {"email": organization.public_email, "phone": organization.public_phone}
    return Past([location_of(row) for row in rows], ever, contact)


def _public_before(
    organization: Organization, revisions: list[Revision], past: Past
) -> Document | None:
    """What was public before the oldest of these revisions."""
    if not revisions:
        return None
    earlier = Revision.objects.filter(organization=organization).public()
    found = earlier.filter(version__lt=revisions[-1].version).newest_first().first()
    return past.public(found.document) if found else None


def _addresses(now: list[Location], precision: str) -> set[tuple]:
    """Addresses that are shown at least this exactly, as they look at this precision."""
    shown = [location for location in now if not _is_less(location["precision"], than=precision)]
    blurred = [public_location(location | {"precision": precision}) for location in shown]
    return {_address(location) for location in blurred if location and _has_address(location)}


def _address(public: Location) -> tuple:
    return (public["country"], *(public[column] for column in ADDRESS))


def _has_address(public: Location) -> bool:
    """Two locations of which no address is known are not the same one."""
    return any(public[column] not in ("", None) for column in ADDRESS)


def _limits(states: Iterable[list[Location]]) -> dict[str, str]:
    """By country, the precision that told least at any time, where that is less than the town."""
    found: dict[str, str] = {}
    for location in (location for state in states for location in state):
        if _is_less(location["precision"], than=Precision.TOWN.value):
            country = _country(location)
            found[country] = _least(location["precision"], found.get(country, ORDER[0]))
    return found


def _country(location: Location) -> str:
    return location["country"] or location["place"][:2].upper()


def _least(*precisions: str) -> str:
    return max(precisions, key=ORDER.index)


def _is_less(precision: str, *, than: str) -> bool:
    return ORDER.index(precision) > ORDER.index(than)

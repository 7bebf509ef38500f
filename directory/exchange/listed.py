"""Published listings as anyone may read them, one after the other: what every file is made from.

A listing comes from the last entry of the log about it, whole: a file never holds half of a change,
and one row says what would take seven questions.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db.models import F, QuerySet

from directory.documents import public_document
from directory.documents.organization import ORGANIZATION, SOURCE_RECORD
from directory.exchange.licences import Licences
from directory.models import (
    Organization,
    Place,
    Precision,
    VerificationLevel,
)

AT_ONCE = 500  # Listings held in memory: some three megabytes of documents.
IDS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.
PLACES_KEPT = 50_000  # Points of places: ten megabytes at most.
COLUMNS = (
    "pk",
    "uid",
    "version",
    "verification",
    "verified_on",
    "last_confirmed_at",
    "published_at",
    "updated_at",
    "revisions__document",
)
LEVELS = {level.value: level.code for level in VerificationLevel}
# Who leads an enterprise, it says of itself on its own page; never in bulk (INTEROP 8.6).
NOT_IN_BULK = "led_by"
MEMBERS = ORGANIZATION.members
NAMES = tuple(MEMBERS)
VALUES = itemgetter(*NAMES)
RECORD_NAMES = [*SOURCE_RECORD.members]

Document = dict[str, Any]


@dataclass(slots=True)
class Listed:
    """One listing: its public document, or what of it may be passed on, and what is known of it."""

    pk: int
    uid: str
    version: int
    verification: str
    # Days and times of day (UTC) as RFC 3339 writes them; "" for none
    verified_on: str
    last_confirmed_at: str
    published_at: str
    updated_at: str
    document: Document
    is_reusable: bool = True  # whole, under the directory's own licence
    hides_a_location: bool = False
    # By place in document["locations"]: latitude, longitude, how exact; None where no point is told
    points: list[tuple[float, float, str] | None] = field(default_factory=list)


class Listings:
    """Reads them, and remembers the points of places."""

    def __init__(self, licences: Licences) -> None:
        """With `licences.reusable_only` what may not be passed on is left out, field by field."""
        self.licences = licences
        self.left_out = 0  # Listings that may not be passed on.
        self._points: dict[str, tuple[float, float]] = {}

    def found(self, ids: Sequence[int] | None) -> Iterator[Listed]:
        """The listings of these row ids, in their order, as far as they are published; None: all."""
        return self.all() if ids is None else self.of(ids)

    def all(self, after: int = 0) -> Iterator[Listed]:
        """Every published listing, in the order in which they were added."""
        keys = Organization.objects.published().order_by("pk").values_list("pk", flat=True)
        while ids := list(keys.filter(pk__gt=after)[:AT_ONCE]):
            # Said of both tables: PostgreSQL carries no range from one to the other.
            run = {"gt": after, "lte": ids[-1]}
            within = {f"pk__{end}": pk for end, pk in run.items()}
            within |= {f"revisions__organization__{end}": pk for end, pk in run.items()}
            yield from self._listed(_last_entries(**within).order_by("pk"))
            after = ids[-1]

    def of(self, ids: Sequence[int]) -> Iterator[Listed]:
        """The listings of these row ids, in their order, as far as they are published."""
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = [int(pk) for pk in ids[start : start + IDS_AT_ONCE]]
            by_id = {row[0]: row for row in _last_entries(pk__in=some)}
            yield from self._listed([by_id[pk] for pk in some if pk in by_id])

    def _listed(self, rows: Iterable[tuple]) -> Iterator[Listed]:
        found = [listed for row in rows if (listed := self._one(row)) is not None]
        self._load_points(found)
        for listed in found:
            listed.points = [self._point(part) for part in listed.document["locations"]]
        return iter(found)

    def _one(self, row: tuple) -> Listed | None:
        pk, uid, version, level, verified_on, confirmed_at, published_at, updated_at, whole = row
        document = public_document(_completed(whole))
        carried = self.licences.carried(document)
        if carried is None and self.licences.reusable_only:
            self.left_out += 1
            return None
        return Listed(
            pk=pk,
            uid=uid,
            version=version,
            verification=LEVELS[level],
            verified_on=moment(verified_on),
            last_confirmed_at=moment(confirmed_at),
            published_at=moment(published_at),
            updated_at=moment(updated_at),
            document=carried if self.licences.reusable_only else document,
            is_reusable=carried is document,
            hides_a_location=len(document["locations"]) < len(whole["locations"]),
        )

    def _load_points(self, found: list[Listed]) -> None:
        wanted = {
            part["place"]
            for listed in found
            for part in listed.document["locations"]
            if part["latitude"] is None and part["place"]
        }
        if len(self._points) + len(wanted) > PLACES_KEPT:
            self._points.clear()
        missing = sorted(wanted - self._points.keys())
        for start in range(0, len(missing), IDS_AT_ONCE):
            rows = Place.objects.filter(path__in=missing[start : start + IDS_AT_ONCE])
            for path, latitude, longitude in rows.values_list("path", "latitude", "longitude"):
                self._points[path] = (latitude, longitude)

    def _point(self, location: Document) -> tuple[float, float, str] | None:
        """The point of a public location: its own, or that of the town or region it is told by."""
        told = location["precision"]
        if location["latitude"] is not None:
            return location["latitude"], location["longitude"], told
        if (point := self._points.get(location["place"])) is None:
            return None
        if told not in {Precision.TOWN, Precision.REGION}:
            is_town = location["place"].count("/") == 2
            told = (Precision.TOWN if is_town else Precision.REGION).value
        return *point, told


def moment(value: datetime.date | None) -> str:
    """A day or a time of day (UTC) as RFC 3339 writes it; "" for none."""
    if value is None:
        return ""
    return value.isoformat().replace("+00:00", "Z")


def _last_entries(**which: Any) -> QuerySet:
    """Published listings, each with the last entry of the log about it."""
    published = Organization.objects.published()
    return published.filter(revisions__version=F("version"), **which).values_list(*COLUMNS)


def _completed(document: Document) -> Document:
    """With the fields that documents got since it was written, and in one order everywhere."""
    try:
        found = dict(zip(NAMES, VALUES(document), strict=True))
    except KeyError:
        found = {name: document.get(name, member.empty()) for name, member in MEMBERS.items()}
    if NOT_IN_BULK in found["governance"]:
        told = found["governance"].items()
        found["governance"] = {code: answer for code, answer in told if code != NOT_IN_BULK}
    found["sources"] = [
        record if [*record] == RECORD_NAMES else _completed_record(record)
        for record in found["sources"]
    ]
    return found


def _completed_record(record: Document) -> Document:
    members = SOURCE_RECORD.members.items()
    return {name: record.get(name, member.empty()) for name, member in members}

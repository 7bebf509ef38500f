"""Adding thousands of listings at once (ADR 0009)."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from directory.actions.confirmations import noon_of
from directory.actions.inserting import insert
from directory.actions.log import next_sequence
from directory.actions.organizations import COLUMNS
from directory.models import (
    Changeset,
    Claim,
    Identifier,
    Location,
    Organization,
    Place,
    Publication,
    Revision,
    RevisionKind,
    ServiceArea,
    Source,
    SourceRecord,
    Term,
    VerificationEvent,
)

IDS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.
KIND_AFTER = {
    Publication.PUBLISHED.value: RevisionKind.PUBLISHED.value,
    Publication.UNPUBLISHED.value: RevisionKind.UNPUBLISHED.value,
    Publication.WITHDRAWN.value: RevisionKind.WITHDRAWN.value,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing to be added whole, as it stands after all that was done to it.

    `document` is what `documents.validate` gives back: tidy, complete, with a slug that is free.
    """

    uid: str
    document: dict[str, Any]
    publication: str
    published_on: datetime.date | None
    level: int
    checked_on: datetime.date | None  # the day of its one check; None where nobody checked
    peer_name: str = ""
    published_at: datetime.datetime | None = None  # in place of noon of that day, where it is known
    note: str = ""  # of its check
    updated_at: datetime.datetime | None = None  # in place of now
    merged_into: int | None = None  # row id; only of what was merged away


class References:
    """Row ids of the places, terms and sources that documents name; each read once, when asked."""

    @cached_property
    def places(self) -> dict[str, int | None]:
        return dict(Place.objects.values_list("path", "pk")) | {"": None}

    @cached_property
    def sources(self) -> dict[str, int | None]:
        return dict(Source.objects.values_list("code", "pk")) | {"": None}

    @cached_property
    def terms(self) -> dict[tuple[str, str], int]:
        terms = Term.objects.values_list("scheme", "code", "pk")
        return {(scheme, code): pk for scheme, code, pk in terms}


@transaction.atomic
def add_many(
    entries: Sequence[Entry], references: References, *, changeset: Changeset
) -> list[int]:
    """Add listings, one Revision each, in one range of the log; their row ids.

    Nothing is validated again, the database's constraints apart: an invalid document is the
    caller's fault and a slug or uid that is taken an IntegrityError.
    """
    now = timezone.now()
    insert(Organization, (_organization(entry, now) for entry in entries))
    ids = _ids([entry.uid for entry in entries])
    for model, (name, columns) in PARTS.items():
        insert(model, _parts(entries, ids, name, columns, references))
    insert(VerificationEvent, _checks(entries, ids, changeset, now))
    insert(Revision, _revisions(entries, ids, changeset, now))
    return ids


def _location(part: dict[str, Any], references: References) -> dict[str, Any]:
    return part | {"place": references.places[part["place"]]}


def _claim(part: dict[str, Any], references: References) -> dict[str, Any]:
    columns = part | {
        "term": references.terms[part["scheme"], part["code"]],
        "source": references.sources[part["source"]],
        "checked_on": part["checked_on"] or None,
        "valid_until": part["valid_until"] or None,
    }
    del columns["scheme"], columns["code"]
    return columns


def _identifier(part: dict[str, Any], references: References) -> dict[str, Any]:
    return part | {"checked_on": part["checked_on"] or None}


def _source_record(part: dict[str, Any], references: References) -> dict[str, Any]:
    return part | {
        "source": references.sources[part["source"]],
        "fetched_on": part["fetched_on"] or None,
        "fields": part.get("fields") or [],
    }


# Where a document holds the parts of each table, and how it writes their columns.
PARTS: dict[type[models.Model], tuple[str, Callable]] = {
    Location: ("locations", _location),
    ServiceArea: ("service_areas", _location),
    Claim: ("claims", _claim),
    Identifier: ("identifiers", _identifier),
    SourceRecord: ("sources", _source_record),
}


def _organization(entry: Entry, now: datetime.datetime) -> dict[str, Any]:
    document = entry.document
    return {column: document[column] for column in COLUMNS} | {
        "uid": entry.uid,
        "slug": document["slug"],
        "publication": entry.publication,
        "published_at": _published_at(entry, now),
        "verification": entry.level,
        "verified_on": entry.checked_on,
        "last_confirmed_at": noon_of(entry.checked_on if entry.level else None),
        "version": 1,
        "merged_into": entry.merged_into,
        "created_at": now,
        "updated_at": entry.updated_at or now,
    }


def _published_at(entry: Entry, now: datetime.datetime) -> datetime.datetime | None:
    """The moment, or noon of its day, and never later than now."""
    moment = entry.published_at or noon_of(entry.published_on)
    return moment and min(moment, now)


def _ids(uids: list[str]) -> list[int]:
    """Row ids of listings by their permanent ids, in the same order."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), IDS_AT_ONCE):
        rows = Organization.objects.filter(uid__in=uids[start : start + IDS_AT_ONCE])
        found.update(rows.values_list("uid", "pk"))
    return [found[uid] for uid in uids]


def _parts(
    entries: Sequence[Entry],
    ids: list[int],
    name: str,
    columns: Callable,
    references: References,
) -> Iterable[dict[str, Any]]:
    for entry, organization_id in zip(entries, ids, strict=True):
        for position, part in enumerate(entry.document[name]):
            place = {"organization": organization_id, "position": position}
            yield columns(part, references) | place


def _checks(
    entries: Sequence[Entry], ids: list[int], changeset: Changeset, now: datetime.datetime
) -> Iterable[dict[str, Any]]:
    for entry, organization_id in zip(entries, ids, strict=True):
        if entry.checked_on is not None:
            yield {
                "organization": organization_id,
                "changeset": changeset.pk,
                "level": entry.level,
                "happened_on": entry.checked_on,
                "by": None,
                "peer_name": entry.peer_name,
                "evidence_url": "",
                "evidence_title": "",
                "note": entry.note,
                "created_at": now,
                "voided_at": None,
                "voided_by": None,
            }


def _revisions(
    entries: Sequence[Entry], ids: list[int], changeset: Changeset, now: datetime.datetime
) -> Iterable[dict[str, Any]]:
    """One revision each, numbered last: the log stays locked until the transaction ends."""
    first = next_sequence(len(entries))
    for place, (entry, organization_id) in enumerate(zip(entries, ids, strict=True)):
        yield {
            "sequence": first + place,
            "changeset": changeset.pk,
            "organization": organization_id,
            "version": 1,
            "kind": KIND_AFTER.get(entry.publication, RevisionKind.ADDED.value),
            "publication": entry.publication,
            "is_public": entry.publication == Publication.PUBLISHED,
            "document": entry.document,
            "created_at": now,
        }

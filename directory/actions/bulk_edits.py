"""Changing hundreds of listings at once, each with a Revision of its own."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from directory.actions.bulk import PARTS, References
from directory.actions.inserting import insert
from directory.actions.log import next_sequence
from directory.actions.organizations import COLUMNS
from directory.documents import document_of
from directory.models import Changeset, Organization, Publication, Revision


@dataclass(frozen=True, slots=True)
class Edit:
    """A locked listing as it is and is to be; `document` is validated and keeps the slug."""

    organization: Organization
    present: dict[str, Any]
    document: dict[str, Any]
    publication: str
    kind: str


def locked(keys: Iterable[int]) -> dict[int, tuple[Organization, dict[str, Any]]]:
    """Listings locked until the transaction ends, with their present documents, by row id."""
    asked = sorted({*keys})
    list(Organization.objects.select_for_update().filter(pk__in=asked).order_by("pk"))
    rows = Organization.objects.filter(pk__in=asked).with_parts()
    return {row.pk: (row, document_of(row)) for row in rows}


@transaction.atomic
def edit_many(edits: Sequence[Edit], references: References, *, changeset: Changeset) -> None:
    """Make listings what their documents say, one Revision each, in one range of the log.

    Nothing is validated again: the caller has locked them (`locked`) and checked all.
    """
    now = timezone.now()
    changed: dict[type[models.Model], list[Edit]] = defaultdict(list)
    for edit in edits:
        _write_row(edit, now)
        for model, (name, _columns) in PARTS.items():
            if edit.present[name] != edit.document[name]:
                changed[model].append(edit)
    for model, some in changed.items():
        model.objects.filter(organization__in=[e.organization.pk for e in some]).delete()
        insert(model, _parts(model, some, references))
    insert(Revision, _revisions(edits, changeset, now))


def _write_row(edit: Edit, now: datetime.datetime) -> None:
    row, values = edit.organization, {}
    for column in COLUMNS:
        if edit.present[column] != edit.document[column]:
            values[column] = edit.document[column]
    if edit.publication == Publication.PUBLISHED and row.published_at is None:
        values["published_at"] = now
    Organization.objects.filter(pk=row.pk).update(
        **values, publication=edit.publication, version=row.version + 1, updated_at=now
    )


def _parts(
    model: type[models.Model], edits: Sequence[Edit], references: References
) -> Iterator[dict[str, Any]]:
    name, columns = PARTS[model]
    for edit in edits:
        for position, part in enumerate(edit.document[name]):
            place = {"organization": edit.organization.pk, "position": position}
            yield columns(part, references) | place


def _revisions(
    edits: Sequence[Edit], changeset: Changeset, now: datetime.datetime
) -> Iterator[dict[str, Any]]:
    first = next_sequence(len(edits)) if edits else 0
    for place, edit in enumerate(edits):
        yield {
            "sequence": first + place,
            "changeset": changeset.pk,
            "organization": edit.organization.pk,
            "version": edit.organization.version + 1,
            "kind": edit.kind,
            "publication": edit.publication,
            "is_public": edit.publication == Publication.PUBLISHED,
            "document": edit.document,
            "created_at": now,
        }

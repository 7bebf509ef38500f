"""Which listing each entry of a source is, as it stands now: one answer for many entries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.actions.absorbed import absorbed_by
from directory.documents import document_of
from directory.models import (
    Changeset,
    Erasure,
    Organization,
    Publication,
    Revision,
    Source,
    SourceRecord,
)

IDS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.
# What may be written to: the others were taken out by somebody, for a reason.
OPEN = {
    Publication.DRAFT,
    Publication.SUBMITTED,
    Publication.IN_REVIEW,
    Publication.CHANGES_REQUESTED,
    Publication.PUBLISHED,
    Publication.UNPUBLISHED,
}


@dataclass(frozen=True)
class Known:
    """The listing of an entry: its row id and state; whether an import that was undone made it."""

    organization_id: int
    publication: str
    is_taken_back: bool = False

    @property
    def obstacle(self) -> str:
        """Why the source's word is not taken for it, in a sentence; "" where it is."""
        if self.is_taken_back or self.publication in OPEN:
            return ""
        if self.publication == Publication.WITHDRAWN:
            return _("Its listing was taken down because the enterprise wishes it.")
        return _("An editor declined its listing.")


def known_by_number(
    source: Source, external_ids: Iterable[str], bases: Collection[str]
) -> dict[str, Known]:
    """The listing of each number that the source has given, where there is one.

    What was merged is the listing that it was merged into. `bases` are the numbers of which the
    source's last word is known: where an import was undone as a whole, it is not.
    """
    numbers = [number for number in external_ids if number]
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(numbers), IDS_AT_ONCE):
        rows = SourceRecord.objects.filter(
            source=source, external_id__in=numbers[start : start + IDS_AT_ONCE]
        ).order_by("organization")
        columns = rows.values_list(
            "external_id",
            "organization",
            "organization__publication",
            "organization__merged_into",
            "organization__merged_into__publication",
        )
        for number, key, publication, into, publication_there in columns:
            pair = (into, publication_there) if into else (key, publication)
            if number not in found or found[number][1] not in OPEN:
                found[number] = pair
    back = _taken_back(
        [
            key
            for number, (key, publication) in found.items()
            if number not in bases and _may_be_back(publication)
        ]
    )
    return {
        number: Known(key, publication, key in back) for number, (key, publication) in found.items()
    }


def _may_be_back(publication: str) -> bool:
    return publication in (Publication.REJECTED, Publication.UNPUBLISHED)


def _taken_back(keys: list[int]) -> set[int]:
    """Those whose last change undid what an import did."""
    imports = Changeset.objects.filter(import_runs__isnull=False)
    found = set()
    for start in range(0, len(keys), IDS_AT_ONCE):
        some = keys[start : start + IDS_AT_ONCE]
        newest: dict[int, int | None] = {}
        rows = Revision.objects.filter(organization__in=some).order_by("version")
        for key, reverts in rows.values_list("organization", "changeset__reverts"):
            newest[key] = reverts
        undone = {reverts for reverts in newest.values() if reverts}
        of_imports = set(imports.filter(pk__in=undone).values_list("pk", flat=True))
        found |= {key for key, reverts in newest.items() if reverts in of_imports}
    return found


def erased_fields(keys: Iterable[int]) -> dict[int, set[str]]:
    """Fields out of which personal data was removed for ever: no source brings it back.

    Of a listing, and of every other that was merged into it.
    """
    found: dict[int, set[str]] = {}
    leads_to = {key: key for key in keys}
    leads_to |= absorbed_by(leads_to)
    rows = Erasure.objects.filter(organization__in=[*leads_to])
    for key, fields in rows.values_list("organization", "fields"):
        found.setdefault(leads_to[key], set()).update(fields)
    return found


def present_documents(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The documents of listings as they are now, by row id."""
    rows = Organization.objects.filter(pk__in=[*keys]).with_parts()
    return {row.pk: document_of(row) for row in rows}

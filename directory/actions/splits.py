"""Take a listing apart that melted two enterprises into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from directory.actions.absorbed import family_of
from directory.actions.conflicts import check_version
from directory.actions.log import open_changeset, record
from directory.actions.organizations import add, lock, publish, refuse_merged, rewrite
from directory.actions.proposals import present_document
from directory.documents import Change, difference, validate
from directory.documents.splitting import SplitPiece, parted, split_pieces
from directory.models import Door, Erasure, Organization, RevisionKind


@dataclass(frozen=True)
class SplitPreview:
    """What a split would do: pieces to choose from, changes of the listing, and the new document."""

    organization: Organization
    pieces: list[SplitPiece]
    changes: list[Change]
    document: dict[str, Any]


def preview(
    organization: Organization, *, name: str, where: Mapping[str, str] | None = None
) -> SplitPreview:
    """What splitting would do. Writes nothing. Raises documents.InvalidDocument."""
    present = present_document(organization)
    rest, new = parted(present, name, where or {})
    changes = difference(present, validate(rest))
    return SplitPreview(organization, split_pieces(present), changes, validate(new))


@transaction.atomic
def split(
    organization: Organization,
    *,
    name: str,
    where: Mapping[str, str],
    by: object | None,
    door: Door,
    reason: str = "",
    expected_version: int | None = None,
    is_published: bool = False,
) -> Organization:
    """Make a new listing of the chosen pieces, a draft unless it is to be published; the rest stays.

    Checks, approvals and who speaks for it stay with the listing. Raises documents.InvalidDocument,
    EditConflict, MergedAway, and NotPublishable where either would lack what its page needs.
    """
    lock(organization)
    refuse_merged(organization)
    present = present_document(organization)
    check_version(organization, present, expected_version)
    rest, new = parted(present, name, where)
    changeset = open_changeset(by=by, door=door, reason=reason)
    rewrite(organization, validate(rest))
    how = {"by": by, "door": door, "changeset": changeset}
    made = add(new, **how, kind=RevisionKind.SPLIT_OFF)
    _repeat_erasures(organization, made)
    if is_published:
        publish(made, **how)
    record(organization, kind=RevisionKind.SPLIT, changeset=changeset)
    return made


def _repeat_erasures(organization: Organization, made: Organization) -> None:
    """What was erased for ever comes back to neither of the two."""
    stones = Erasure.objects.filter(organization__in=family_of(organization)).order_by("pk")
    Erasure.objects.bulk_create(
        Erasure(
            organization=made, by=stone.by, fields=stone.fields, reason=stone.reason, revisions=0
        )
        for stone in stones.select_related("by")
    )

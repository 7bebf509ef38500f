"""Make one of two listings, and see first what that would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import exclusions
from directory.actions.confirmations import derive
from directory.actions.conflicts import check_version
from directory.actions.log import open_changeset, record
from directory.actions.merge_links import links_of, move_links
from directory.actions.organizations import rewrite
from directory.actions.proposals import present_document
from directory.documents import Change, difference, validate
from directory.documents.uniting import Field, fields_to_choose, united
from directory.models import (
    Door,
    Duplicate,
    DuplicateStatus,
    Merge,
    Organization,
    Publication,
    RevisionKind,
)


class NotMergeable(Exception):
    """The two cannot be made one; the message says why."""


@dataclass(frozen=True)
class Preview:
    """What a merge would do: fields to choose from, changes of the listing that stays, and rows
    that go over, in words with their number."""

    absorbed: Organization
    kept: Organization
    fields: list[Field]
    changes: list[Change]
    links: list[tuple[str, int]]


def preview(
    absorbed: Organization, kept: Organization, takes: Mapping[str, str] | None = None
) -> Preview:
    """What merging one listing into the other would do. Writes nothing.

    Raises NotMergeable, exclusions.Excluded, and documents.InvalidDocument where what was put
    together does not fit.
    """
    _check(absorbed, kept)
    present, other = present_document(kept), present_document(absorbed)
    document = _united(present, other, takes)
    return Preview(
        absorbed,
        kept,
        fields_to_choose(present, other),
        difference(present, document),
        links_of(absorbed, kept),
    )


def why_not(absorbed: Organization, kept: Organization) -> str:
    """What stands against merging one into the other, in a sentence; "" where nothing does."""
    try:
        _check(absorbed, kept)
    except NotMergeable as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def merge(
    absorbed: Organization,
    *,
    into: Organization,
    takes: Mapping[str, str] | None = None,
    by: object | None,
    door: Door,
    reason: str = "",
    expected_versions: tuple[int | None, int | None] = (None, None),
) -> Merge:
    """Merge one listing into another: its ids and address words lead there from now on.

    `takes` says field by field what the other becomes (documents.uniting). `expected_versions` are
    those of the absorbed and of the kept listing that the editor saw. Both rows are locked in the
    order of their ids, so merges that cross wait for each other, and the second finds the first done.

    Raises NotMergeable, documents.InvalidDocument, Excluded, EditConflict and NotPublishable.
    """
    _lock_both(absorbed, into)
    _check(absorbed, into)
    present, other = present_document(into), present_document(absorbed)
    check_version(absorbed, other, expected_versions[0])
    check_version(into, present, expected_versions[1])
    changeset = open_changeset(by=by, door=door, reason=reason)
    rewrite(into, _united(present, other, takes))
    moved = _lead_over(absorbed, into, by)
    made = Merge.objects.create(changeset=changeset, absorbed=absorbed, kept=into, moved=moved)
    record(absorbed, kind=RevisionKind.MERGED, changeset=changeset)
    record(into, kind=RevisionKind.ABSORBED, changeset=changeset)
    return made


def _united(
    present: dict[str, Any], other: dict[str, Any], takes: Mapping[str, str] | None
) -> dict[str, Any]:
    """Both in one. Raises documents.InvalidDocument, and Excluded: put together it may be known
    to the do-not-list register, as neither was."""
    document = validate(united(present, other, takes))
    exclusions.check(document)
    return document


def _lead_over(
    absorbed: Organization, into: Organization, by: object | None
) -> dict[str, list[int]]:
    """Let the listing be the other, with the rows beside it; says which rows went over."""
    # A source's number leads to one listing, or its next import would not know to which. The
    # revisions have the numbers and records.
    absorbed.identifiers.all().delete()
    absorbed.source_records.all().delete()
    moved = move_links(absorbed, into)
    absorbed.publication, absorbed.merged_into = Publication.MERGED, into
    absorbed.save(update_fields=["publication", "merged_into", "updated_at"])
    derive(absorbed)
    derive(into)
    _settle(absorbed, into, by)
    return moved


def _check(absorbed: Organization, kept: Organization) -> None:
    if absorbed.pk == kept.pk:
        raise NotMergeable(_("Choose two different listings."))
    for organization in (absorbed, kept):
        if organization.is_merged:
            raise NotMergeable(
                _("%(name)s was merged into another listing already.") % {"name": organization.name}
            )
        if organization.publication == Publication.REJECTED:
            raise NotMergeable(_("%(name)s was rejected.") % {"name": organization.name})
    if absorbed.publication == Publication.WITHDRAWN and kept.is_published:
        raise NotMergeable(
            _("%(name)s was taken down because the enterprise wishes it: nothing of it goes back.")
            % {"name": absorbed.name}
        )
    if absorbed.published_at and not kept.published_at:
        raise NotMergeable(
            _("%(name)s was never on the site: merge it into the other, not the other into it.")
            % {"name": kept.name}
        )
    if absorbed.is_published and not kept.is_published:
        raise NotMergeable(
            _("%(name)s is not on the site now. Publish it first, or merge the other way.")
            % {"name": kept.name}
        )


def _lock_both(one: Organization, other: Organization) -> None:
    rows = Organization.objects.select_for_update().filter(pk__in=(one.pk, other.pk))
    list(rows.order_by("pk"))
    one.refresh_from_db()
    other.refresh_from_db()


def _settle(absorbed: Organization, kept: Organization, by: object | None) -> None:
    """The pair waits no longer; other pairs of the absorbed listing wait for nobody."""
    Duplicate.objects.between(absorbed.pk, kept.pk).update(
        status=DuplicateStatus.MERGED, decided_at=timezone.now(), decided_by=by
    )

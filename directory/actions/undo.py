"""Undo one change of a listing, or all changes that were made together, as a new revision."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.confirmations import derive, mark_voided
from directory.actions.import_bases import note_undone, settle_bases, stop_import
from directory.actions.log import record
from directory.actions.merge_links import move_back
from directory.actions.organizations import (
    NotPublishable,
    SlugTaken,
    check_publishable,
    lock,
    move,
    rewrite,
)
from directory.actions.undo_many import revert_untouched
from directory.actions.undo_plan import KIND_OF_MOVE, ONE_SIDE, Plan, plan
from directory.documents import InvalidDocument, validate
from directory.models import (
    Changeset,
    Door,
    Duplicate,
    DuplicateStatus,
    Merge,
    NetworkMember,
    Organization,
    Publication,
    Revision,
    RevisionKind,
)
from directory.models.changeset import JOINT


class NotUndoable(Exception):
    """It cannot be undone, or not without losing later changes; `plan` has them."""

    def __init__(self, message: str, found: Plan) -> None:
        super().__init__(message)
        self.plan = found


@dataclass
class Undone:
    """What became of undoing a changeset: how many listings, and why some stayed as they are."""

    changeset: Changeset
    count: int = 0
    refused: list[tuple[Organization, str]] = field(default_factory=list)
    left: int = 0
    last: int = 0


def plan_revision(revision: Revision) -> Plan:
    """What undoing one revision would do now."""
    found = plan(revision.organization, [revision])
    if revision.organization_id in _changed_together(revision.changeset):
        found.obstacles.append(str(ONE_SIDE))
    return found


def plan_changeset(changeset: Changeset, *, most: int) -> list[Plan]:
    """What undoing a changeset would do now, for the first so many of its listings."""
    return [_plan_of(changeset, key) for key in _keys(changeset)[:most]]


def count_left(changeset: Changeset) -> int:
    """How many listings of the changeset were not put back yet."""
    return len(_keys(changeset))


def joined_since(changeset: Changeset) -> QuerySet[NetworkMember]:
    """Listings of the changeset that have become members of networks after it."""
    rows = NetworkMember.objects.filter(
        organization__in=changeset.revisions.values("organization"),
        added_at__gt=changeset.created_at,
    )
    return rows.select_related("network", "organization").order_by("pk")


@transaction.atomic
def revert_revision(
    revision: Revision, *, by: object | None, door: Door, reason: str = "", keeping: bool = False
) -> Plan:
    """Undo one revision; what was changed again since stays if `keeping`, else nothing is done.

    Raises NotUndoable.
    """
    organization = Organization(pk=revision.organization_id)
    lock(organization)
    revision.organization = organization
    found = plan_revision(revision)
    changeset = _changeset(revision.changeset, by, door, reason)
    _carry_out(found, changeset, keeping)
    settle_bases(revision.changeset, Q(organization=organization))
    return found


@transaction.atomic
def revert_changeset(
    changeset: Changeset,
    *,
    by: object | None,
    door: Door,
    reason: str = "",
    keeping: bool = False,
    after: int = 0,
    into: Changeset | None = None,
) -> Undone:
    """Undo what was done together to UNDO_AT_ONCE_MAX listings; `left` says how many are left.

    Each listing is undone whole or stays as it is; those that stay are told with the reason. To
    go on behind them, say `after` which listing (`last`), and `into` which changeset.
    """
    is_stopped = stop_import(changeset)
    keys = [key for key in _keys(changeset) if key > after]
    now, later = keys[: settings.UNDO_AT_ONCE_MAX], keys[settings.UNDO_AT_ONCE_MAX :]
    undone = Undone(into or _changeset(changeset, by, door, reason), left=len(later))
    done = revert_untouched(changeset, now, undone.changeset)
    for group in _groups(changeset, [key for key in now if key not in done]):
        try:
            with transaction.atomic():
                for key in group:
                    lock(Organization(pk=key))
                for key in group:
                    _carry_out(_plan_of(changeset, key), undone.changeset, keeping)
        except NotUndoable as refusal:
            undone.refused.append((refusal.plan.organization, str(refusal)))
        else:
            done |= {*group}
    if done or is_stopped:
        # Where this goes on, what had not been changed or was put back by hand is settled already.
        rest = ~Q(organization__in=_left(changeset))
        note_undone(changeset, Q(organization__in=done) if into else rest)
    undone.count, undone.last = len(done), max(now, default=after)
    if not (undone.count or into):
        undone.changeset.delete()
    return undone


def _keys(changeset: Changeset) -> list[int]:
    return sorted(_left(changeset).distinct())


def _left(changeset: Changeset) -> QuerySet:
    """Row ids of listings that the changeset changed and that are not put back now."""
    changed = Revision.objects.filter(changeset=changeset).order_by()
    standing = Changeset.objects.filter(reverts=changeset, reverted_by__isnull=True)
    back = Revision.objects.filter(changeset__in=standing).values("organization")
    return changed.exclude(organization__in=back).values_list("organization", flat=True)


def _groups(changeset: Changeset, keys: list[int]) -> list[list[int]]:
    """Listings that are undone together or not at all, in the order of their ids."""
    together = _changed_together(changeset)
    pair = [key for key in keys if key in together]
    return [*([pair] if pair else []), *([key] for key in keys if key not in together)]


def _changed_together(changeset: Changeset) -> set[int]:
    """Listings that a merge or a split changed here, or where this undid one."""
    found: set[int] = set()
    while changeset is not None:
        joint = Revision.objects.filter(changeset=changeset, kind__in=JOINT).order_by()
        found |= {*joint.values_list("organization", flat=True)}
        changeset = changeset.reverts
    return found


def _plan_of(changeset: Changeset, key: int) -> Plan:
    organization = Organization.objects.get(pk=key)
    revisions = Revision.objects.filter(changeset=changeset, organization=key)
    return plan(organization, revisions.order_by("-version"))


def _changeset(reverted: Changeset, by: object | None, door: Door, reason: str) -> Changeset:
    return Changeset.objects.create(by=by, door=door, reason=reason[:300], reverts=reverted)


def _carry_out(found: Plan, changeset: Changeset, keeping: bool) -> None:
    if found.obstacles:
        raise NotUndoable(" ".join(found.obstacles), found)
    if found.conflicts and (found.does_nothing or not keeping):
        raise NotUndoable(_("Somebody changed it again since."), found)
    if found.does_nothing:
        raise NotUndoable(_("There is nothing left to undo."), found)
    kind = KIND_OF_MOVE.get(found.publication) if found.moves else None
    try:
        _write(found, changeset.by)
    except (InvalidDocument, NotPublishable, SlugTaken) as refusal:
        raise NotUndoable(str(refusal), found) from refusal
    record(found.organization, kind=kind or RevisionKind.REVERTED, changeset=changeset)


def _write(found: Plan, by: object | None) -> None:
    organization, moves = found.organization, found.moves
    if moves and found.publication != Publication.PUBLISHED:
        move(organization, Publication(found.publication))
    if found.changes:
        rewrite(organization, validate(found.document))
    if moves and found.publication == Publication.PUBLISHED:
        check_publishable(organization)
        move(organization, Publication.PUBLISHED)
    for check in found.checks:
        mark_voided(check, by=by)
    if found.merge is not None:
        _part(found.merge)
        derive(found.merge.kept)
    if found.checks or found.merge is not None:
        derive(organization)


def _part(merge: Merge) -> None:
    """Rows go back to the listing that was merged, and the pair waits for a decision again."""
    move_back(merge)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    pair = Duplicate.objects.between(merge.absorbed_id, merge.kept_id)
    pair.update(status=DuplicateStatus.SUGGESTED, decided_at=None, decided_by=None)

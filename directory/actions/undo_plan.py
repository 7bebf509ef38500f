"""What undoing a change would do to a listing as it is now. Nothing here writes.

The inverse of the change is put into the present document (three documents side by side: after the
change, before it, now). What somebody changed again since is a conflict, and stays as it is now.
A listing that the change brought in stays whole where somebody has changed it since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions.proposals import present_document
from directory.actions.undo_built_on import edits_since, is_brought_in, obstacles_since
from directory.documents import Change, Choice, choices, difference, merged
from directory.documents.uniting import ALWAYS_BOTH
from directory.models import (
    Merge,
    Organization,
    Publication,
    Revision,
    RevisionKind,
    VerificationEvent,
)

# What time does is not undone but confirmed anew, a check that was taken back is made again, and
# what was erased is nowhere any more.
FOR_GOOD = {
    RevisionKind.GROWN_OLD: gettext_lazy("Time cannot be undone: record a check instead."),
    RevisionKind.CHECK_VOIDED: gettext_lazy("Record the check again instead."),
    RevisionKind.ERASED: gettext_lazy("What was erased is gone for good."),
}
# One side of what changed two listings is not undone without the other.
ONE_SIDE = gettext_lazy("It changed two listings: undo all that was changed together.")
MERGED_SINCE = gettext_lazy("It was merged into another listing since: undo that first.")

# A listing that moves is logged as what it is now, so that the history tells it to everyone.
KIND_OF_MOVE = {
    Publication.PUBLISHED: RevisionKind.PUBLISHED,
    Publication.UNPUBLISHED: RevisionKind.UNPUBLISHED,
    Publication.WITHDRAWN: RevisionKind.WITHDRAWN,
}


@dataclass
class Plan:
    """One listing as it is (`present`) and as it would be after the undoing."""

    organization: Organization
    present: dict[str, Any]
    document: dict[str, Any]
    publication: str
    revisions: list[Revision] = field(default_factory=list)
    conflicts: list[Choice] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    checks: list[VerificationEvent] = field(default_factory=list)
    merge: Merge | None = None

    @property
    def changes(self) -> list[Change]:
        return difference(self.present, self.document)

    @property
    def moves(self) -> bool:
        """Whether its publication would change."""
        return self.publication != self.organization.publication

    @property
    def publication_after(self) -> str:
        return Publication(self.publication).label

    @property
    def does_nothing(self) -> bool:
        return not (self.changes or self.moves or self.checks)

    def leave_as_it_is(self, edits: list[Choice]) -> None:
        """It would be taken down with what somebody changed since: nothing of it is undone."""
        self.document, self.publication = self.present, self.organization.publication
        self.conflicts, self.checks = edits, []


def plan(organization: Organization, revisions: Iterable[Revision]) -> Plan:
    """What undoing these revisions of the listing, the newest first, would do."""
    present = present_document(organization)
    found = Plan(organization, present, present, organization.publication)
    edits: list[Choice] = []
    for revision in revisions:
        found.revisions.append(revision)
        if organization.is_merged and revision.kind != RevisionKind.MERGED:
            found.obstacles.append(str(MERGED_SINCE))
            continue
        if revision.kind in FOR_GOOD:
            found.obstacles.append(str(FOR_GOOD[RevisionKind(revision.kind)]))
            continue
        before = _before(revision)
        if is_brought_in(revision, before):
            edits += edits_since(revision, found.document)
            found.obstacles += obstacles_since(organization, revision)
        for step in STEPS:
            step(found, revision, before)
    if edits:
        found.leave_as_it_is(edits)
    return found


def _before(revision: Revision) -> Revision | None:
    earlier = Revision.objects.filter(organization=revision.organization_id)
    found = earlier.filter(version=revision.version - 1)
    return found.select_related("changeset").first()


def _document(found: Plan, revision: Revision, before: Revision | None) -> None:
    if before is None:
        return
    changed = choices(revision.document, before.document, found.document)
    conflicts = [c for c in changed if c.is_conflict and not _goes_back(c, revision)]
    found.conflicts += conflicts
    found.document = merged(found.document, [c for c in changed if c not in conflicts])


def _goes_back(choice: Choice, revision: Revision) -> bool:
    """A number or record that came by a merge goes back with the other listing, whatever an import
    said of it since: a source's number leads to one listing."""
    came = revision.kind == RevisionKind.ABSORBED and choice.field in ALWAYS_BOTH
    return came and choice.is_loss


def _publication(found: Plan, revision: Revision, before: Revision | None) -> None:
    was = before.publication if before else Publication.REJECTED
    if was == revision.publication:
        return
    target = fitting(was, found.organization)
    if target == Publication.MERGED:
        found.obstacles.append(_("Merge the two again instead."))
        return
    if found.publication == target:
        return
    if found.publication != fitting(revision.publication, found.organization):
        now = Publication(found.publication).label
        found.obstacles.append(_("It was moved again since: it is %(now)s.") % {"now": now})
        return
    found.publication = target


def fitting(target: str, organization: Organization) -> str:
    """What was shown once is taken down, never a draft again: its id answers for ever."""
    known = {
        Publication.PUBLISHED,
        Publication.UNPUBLISHED,
        Publication.WITHDRAWN,
        Publication.MERGED,
    }
    was_shown = organization.published_at is not None
    return Publication.UNPUBLISHED if was_shown and target not in known else target


def _checks(found: Plan, revision: Revision, before: Revision | None) -> None:
    """Checks that were logged with the change."""
    if revision.kind == RevisionKind.VERIFIED:
        logged = found.organization.verification_events.standing()
        found.checks += list(logged.filter(changeset=revision.changeset_id))


def _merge(found: Plan, revision: Revision, before: Revision | None) -> None:
    """The rows that went over when the listing was merged."""
    if revision.kind == RevisionKind.MERGED:
        found.merge = Merge.objects.filter(changeset=revision.changeset_id, undone_at=None).first()


STEPS: tuple[Callable[[Plan, Revision, Revision | None], None], ...] = (
    _document,
    _publication,
    _checks,
    _merge,
)

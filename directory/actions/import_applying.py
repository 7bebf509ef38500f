"""Staged rows written as listings: in portions, each a transaction with the marks of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import exclusions
from directory.actions.bulk import Entry, References, add_many
from directory.actions.bulk_edits import Edit, edit_many, locked
from directory.actions.import_bases import move_bases
from directory.actions.import_leases import hold
from directory.actions.import_listings import Known, erased_fields, known_by_number
from directory.actions.import_merging import first_document, with_import
from directory.actions.imports import count
from directory.actions.log import open_changeset
from directory.actions.organizations import what_is_missing_in
from directory.actions.slugs import free_slugs
from directory.actions.undo_plan import KIND_OF_MOVE, fitting
from directory.documents import InvalidDocument, validate
from directory.documents.references import References as KnownReferences
from directory.models import (
    Door,
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    Organization,
    Publication,
    RevisionKind,
    RowDecision,
    RowOutcome,
)
from directory.models.organization import new_uid
from directory.models.vocabulary import held_vocabulary

TRIES = 3  # Somebody may take an address word between the look for it and the writing.

Done = TypeVar("Done")


@dataclass
class Portion:
    """What becomes of some rows."""

    entries: list[tuple[ImportRow, Entry]] = field(default_factory=list)
    edits: list[tuple[ImportRow, Edit]] = field(default_factory=list)
    written: list[ImportRow] = field(default_factory=list)
    refused: list[ImportRow] = field(default_factory=list)
    remarked: list[ImportRow] = field(default_factory=list)

    def refuse(self, row: ImportRow, reason: str) -> None:
        """Leave a row out that was not refused before."""
        row.outcome, row.is_due, row.decision = RowOutcome.REFUSED, False, ""
        _remark(row, reason, "refused")
        self.refused.append(row)


class Applying:
    """Writes one run, portion by portion."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self._references = References()
        self._known = KnownReferences()
        self._today = timezone.localdate()

    def apply(self) -> int:
        """Write the next rows; how many there were, at least 1. At 0 the import has come to its end.

        Raises LeaseLost.
        """
        return tried_again(self._apply, after=self._forget_changeset)

    def _forget_changeset(self) -> None:
        """What a portion had begun never happened, its changeset neither."""
        self.run.refresh_from_db(fields=["changeset"])

    @transaction.atomic
    def _apply(self) -> int:
        hold(self.run, ImportState.APPLYING)
        rows = list(self.run.rows.due()[: settings.IMPORT_ROWS_AT_ONCE])
        # What is the same as an earlier row waits until that is listed.
        rows = [row for row in rows if not is_of_a_row(row)] or rows[:1]
        if not rows:
            self._finish()
            return 0
        done = self.write(rows)
        ImportRun.objects.filter(pk=self.run.pk).update(rows_done=F("rows_done") + done)
        self.run.rows_done += done
        return max(done, 1)  # Rows whose listing somebody just moved are left for the next.

    def write(self, rows: Sequence[ImportRow]) -> int:
        """Write these rows, in the caller's transaction; how many are done with."""
        with held_vocabulary():
            portion = self._plan(rows)
        self._carry_out(portion)
        _mark(portion)
        move_bases(self.run.source, portion.written)
        return len(portion.written) + len(portion.refused)

    def _finish(self) -> None:
        self.run.state, self.run.finished_at = ImportState.APPLIED, timezone.now()
        self.run.counts = count(self.run)
        self.run.save(update_fields=["state", "finished_at", "counts"])

    def _plan(self, rows: Sequence[ImportRow]) -> Portion:
        """What to do with each row: the directory may have changed since it was staged."""
        portion = Portion()
        numbers = [row.external_id for row in rows]
        bases = ImportBase.objects.of(self.run.source, numbers)
        known = known_by_number(self.run.source, numbers, bases)
        for row in rows:
            if row.decision == RowDecision.SAME and row.external_id not in known:
                known |= _decided(row)
        rules = exclusions.rules_met_by_each([row.document for row in rows])
        fresh: list[ImportRow] = []
        changes: dict[int, tuple[ImportRow, Known]] = {}
        for row, met in zip(rows, rules, strict=True):
            listing = known.get(row.external_id)
            reason = exclusions.refusal(met) if met else listing.obstacle if listing else ""
            if reason:
                portion.refuse(row, reason)
            elif listing is None:
                fresh.append(row)
            else:
                # A second row of the same listing waits for the next portion.
                changes.setdefault(listing.organization_id, (row, listing))
        self._plan_fresh(portion, fresh)
        self._plan_changes(portion, [*changes.values()], bases)
        return portion

    def _plan_fresh(self, portion: Portion, rows: list[ImportRow]) -> None:
        for row, slug in zip(rows, free_slugs([row.document for row in rows]), strict=True):
            document = first_document(
                row.document,
                source=self.run.source.code,
                external_id=row.external_id,
                on=self._today.isoformat(),
            )
            publication = self._publication(portion, row, document)
            is_shown = publication == Publication.PUBLISHED
            entry = Entry(
                uid=new_uid(),
                document=document | {"slug": slug},
                publication=publication,
                published_on=self._today if is_shown else None,
                level=0,
                checked_on=None,
            )
            portion.entries.append((row, entry))
            portion.written.append(row)

    def _publication(self, portion: Portion, row: ImportRow, document: dict[str, Any]) -> str:
        """On the site where that is wished and nothing is missing; what is, is noted."""
        if not self.run.is_publishing:
            return Publication.DRAFT.value
        missing = what_is_missing_in(document)
        if not missing:
            return Publication.PUBLISHED.value
        _remark(row, _("It is a draft: %(why)s") % {"why": " ".join(missing)}, "left-out")
        portion.remarked.append(row)
        return Publication.DRAFT.value

    def _plan_changes(
        self,
        portion: Portion,
        rows: list[tuple[ImportRow, Known]],
        bases: dict[str, ImportBase],
    ) -> None:
        listings = locked(known.organization_id for _row, known in rows)
        erased = erased_fields(listings)
        for row, known in rows:
            organization, present = listings[known.organization_id]
            if organization.publication != known.publication:
                continue  # Somebody moved it before it was locked: looked at anew.
            base = bases.get(row.external_id)
            result = with_import(
                present,
                row.document,
                base.row.document if base else None,
                source=self.run.source.code,
                external_id=row.external_id,
                on=self._today.isoformat(),
                held=erased.get(organization.pk, ()),
            )
            row.organization_id = organization.pk
            self._plan_change(portion, row, known, organization, present, result.document)

    def _plan_change(
        self,
        portion: Portion,
        row: ImportRow,
        known: Known,
        organization: Organization,
        present: dict[str, Any],
        document: dict[str, Any],
    ) -> None:
        publication = organization.publication
        if known.is_taken_back or publication == Publication.DRAFT:
            # What was on the site once is never a draft again.
            wished = self._publication(portion, row, document)
            publication = fitting(wished, organization)
        if document == present and publication == organization.publication:
            portion.written.append(row)
            return
        try:
            document = validate(document, references=self._known)
        except InvalidDocument as error:
            portion.refuse(row, str(error))
            return
        missing = what_is_missing_in(document)
        if missing and publication == Publication.PUBLISHED:
            portion.refuse(row, " ".join(missing))
            return
        kind = RevisionKind.EDITED
        if publication != organization.publication:
            kind = KIND_OF_MOVE.get(Publication(publication), RevisionKind.ADDED)
        edit = Edit(organization, present, document, publication, kind.value)
        portion.edits.append((row, edit))
        portion.written.append(row)

    def _carry_out(self, portion: Portion) -> None:
        if not (portion.entries or portion.edits):
            return
        self._open_changeset()
        changeset = self.run.changeset
        edits = [edit for _row, edit in portion.edits]
        entries = [entry for _row, entry in portion.entries]
        keys = add_many(entries, self._references, changeset=changeset)
        for (row, _entry), key in zip(portion.entries, keys, strict=True):
            row.organization_id = key
        edit_many(edits, self._references, changeset=changeset)

    def _open_changeset(self) -> None:
        if self.run.changeset_id is None:
            self.run.changeset = open_changeset(
                by=self.run.by,
                door=Door.IMPORT,
                reason=_("Import of %(file)s from %(source)s")
                % {"file": self.run.file_name, "source": self.run.source.name},
            )
            self.run.save(update_fields=["changeset"])


def tried_again(write: Callable[[], Done], *, after: Callable[[], None] | None = None) -> Done:
    """What `write`, a transaction of its own, gives; begun anew where it met somebody else's word.

    `after` is called after a try that failed. Raises IntegrityError where the last one does.
    """
    for _try in range(TRIES - 1):
        try:
            return write()
        except IntegrityError:
            if after:
                after()
    return write()


def is_of_a_row(row: ImportRow) -> bool:
    """Whether an editor said that it is what an earlier row of the file lists."""
    return row.decision == RowDecision.SAME and row.organization_id is None


def _decided(row: ImportRow) -> dict[str, Known]:
    """The listing that an editor says the row is, by the row's number in the source.

    Merged ones are what they were merged into. An earlier row of the file may be meant; one that
    was not listed after all leaves this one to be listed.
    """
    organization = row.organization
    if organization is None:
        numbers = [match["row"] for match in row.matches if match["row"]]
        earlier = ImportRow.objects.filter(run=row.run_id, number__in=numbers[:1])
        organization = next((each.organization for each in earlier), None)
    if organization is None:
        return {}
    organization = organization.remaining
    return {row.external_id: Known(organization.pk, organization.publication)}


def _remark(row: ImportRow, reason: str, kind: str) -> None:
    row.problems = [*row.problems, {"column": "", "value": "", "reason": reason, "kind": kind}]


def _mark(portion: Portion) -> None:
    """Rows that are written are so once and for all, in the very transaction."""
    ImportRow.objects.bulk_update(portion.written, ["organization"])
    keys = [row.pk for row in portion.written]
    ImportRow.objects.filter(pk__in=keys).update(is_due=False, is_applied=True)
    ImportRow.objects.bulk_update(portion.refused, ["outcome", "problems", "is_due", "decision"])
    ImportRow.objects.bulk_update(portion.remarked, ["problems"])

"""Staged rows written as listings: in portions, each a transaction with the marks of its rows."""

from collections.abc import Callable, Sequence
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
from directory.actions.import_counts import count
from directory.actions.import_drafts import why_a_draft
from directory.actions.import_leases import hold
from directory.actions.import_listings import Known, erased_fields, known_by_number
from directory.actions.import_merging import first_document, with_import
from directory.actions.import_news import News, Overtaken, surest
from directory.actions.import_portions import Portion, mark, remark
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
from directory.models.import_row import STAYS_DRAFT
from directory.models.organization import new_uid
from directory.models.vocabulary import held_vocabulary

TRIES = 3  # Somebody may take an address word between the look for it and the writing.

Done = TypeVar("Done")


class Applying:
    """Writes one run, portion by portion."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self._references = References()
        self._known = KnownReferences()
        self._today = timezone.localdate()
        self._news = News(run)

    def go_on_with(self, run: ImportRun) -> None:
        """The same import, loaded anew."""
        self.run = self._news.run = run

    def apply(self) -> int:
        """Write the next rows; how many there were, at least 1. At 0 the import has come to its end.

        Raises LeaseLost.
        """
        while True:
            self._news.catch_up()  # Before the transaction: all listings may be loaded for it.
            try:
                return tried_again(self._apply, after=self._forget_changeset)
            except Overtaken:
                self._forget_changeset()

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
        portion = self.write(rows)
        # Of rows about which an editor decided, that is the last word.
        undecided = [row.document for row, _e in portion.entries if row.outcome == RowOutcome.NEW]
        self._news.refuse_late(undecided)
        ImportRun.objects.filter(pk=self.run.pk).update(rows_done=F("rows_done") + portion.done)
        self.run.rows_done += portion.done
        return max(portion.done, 1)  # Rows whose listing somebody just moved are left for the next.

    def write(self, rows: Sequence[ImportRow]) -> Portion:
        """Write these rows, in the caller's transaction; what became of them."""
        with held_vocabulary():
            portion = self._plan(rows)
        self._carry_out(portion)
        mark(portion)
        move_bases(self.run.source, portion.written)
        return portion

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
            elif listing:
                # A second row of the same listing waits for the next portion.
                changes.setdefault(listing.organization_id, (row, listing))
            elif not self._is_listed_meanwhile(portion, row):
                fresh.append(row)
        self._plan_fresh(portion, fresh)
        self._plan_changes(portion, [*changes.values()], bases)
        return portion

    def _is_listed_meanwhile(self, portion: Portion, row: ImportRow) -> bool:
        """Whether somebody listed it since it was compared; then it waits for an editor's word."""
        is_decided = row.outcome != RowOutcome.NEW
        matches = [] if is_decided else self._news.matches(row.document)
        if best := surest(matches):
            portion.leave(row, matches, best.organization_id)
        return best is not None

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
        told = why_a_draft(document)
        if not told:
            return Publication.PUBLISHED.value
        if all(problem["kind"] != STAYS_DRAFT for problem in row.problems):
            remark(row, told, STAYS_DRAFT)
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

"""Rows of a file compared with the directory: what each would do, before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import exclusions
from directory.actions.import_drafts import why_a_draft
from directory.actions.import_leases import held_while, hold
from directory.actions.import_listings import (
    Known,
    erased_fields,
    known_by_number,
    present_documents,
)
from directory.actions.import_merging import says_the_same, with_import
from directory.actions.import_news import MATCHES_KEPT, place_of_log, surest, told
from directory.actions.inserting import insert
from directory.actions.organizations import what_is_missing_in
from directory.models import (
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    Organization,
    Publication,
    RowDecision,
    RowOutcome,
)
from directory.models.import_row import LEFT_OUT, PUT_ON_SITE, STAYS_DRAFT
from directory.search.matching import Matcher, Profile, Verdict, profile_of
from directory.search.matching.loading import profiles

ROWS_AT_ONCE = 500  # Staged rows that are read again, each with its document.


class Problem(Protocol):
    """A remark on a row, as `exchange.mappings.RowProblem`."""

    column: str
    value: str
    reason: str
    kind: Any


class Staged(Protocol):
    """A row that was read, as `exchange.mappings.StagedRow`."""

    number: int
    external_id: str
    values: dict[str, Any]
    document: dict[str, Any] | None
    problems: Sequence[Problem]


@dataclass
class Found:
    """What is known of a row before it is written down."""

    staged: Staged
    outcome: str = RowOutcome.NEW
    document: dict[str, Any] | None = None
    organization: int | None = None
    is_due: bool = False
    has_conflict: bool = False
    decision: str = ""
    matches: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        """It makes no listing, for a reason that is none of a single value."""
        self.outcome = RowOutcome.REFUSED
        self.remark(reason, kind="refused")

    def remark(self, reason: str, kind: str = LEFT_OUT) -> None:
        """Say something of the row that is about none of its values alone."""
        self.problems.append({"column": "", "value": "", "reason": reason, "kind": kind})


class Staging:
    """Stages the rows of one run; may be made anew in the middle of a file.

    `last` is the number of the last row that is staged.
    """

    def __init__(self, run: ImportRun) -> None:
        """Load all listings as they are now, and what was staged before. Raises LeaseLost."""
        self.run = run
        self._source = run.source
        self._today = timezone.localdate().isoformat()
        rows = run.rows.in_order()
        self.last = rows.values_list("number", flat=True).last() or 0
        if not self.last:
            # Before anything is loaded: what is listed from now on the rows are to meet later.
            run.compared_at, run.compared_to = timezone.now(), place_of_log()
            run.save(update_fields=["compared_at", "compared_to"])
        self._seen = set(rows.exclude(external_id="").values_list("external_id", flat=True))
        self._before = _duplicates_before(run)
        met = chain(profiles(Organization.objects.comparable()), _new_before(run))
        self._matcher = Matcher.of(held_while(run, ImportState.STAGING, met))

    @transaction.atomic
    def stage(self, portion: Sequence[Staged]) -> None:
        """Write down what the next rows would do. Raises LeaseLost."""
        hold(self.run, ImportState.STAGING)
        found = [self._first_look(staged) for staged in portion]
        self._refuse_excluded(found)
        self._compare(found)
        insert(ImportRow, (self._row(one) for one in found))
        self.run.rows_done += len(found)
        self.run.save(update_fields=["rows_done"])
        self.last = portion[-1].number

    def _first_look(self, staged: Staged) -> Found:
        problems = [
            {"column": p.column, "value": p.value, "reason": p.reason, "kind": str(p.kind)}
            for p in staged.problems
        ]
        found = Found(staged, document=staged.document, problems=problems)
        if staged.document is None:
            found.outcome = RowOutcome.REFUSED
        elif staged.external_id in self._seen:
            found.refuse(_("An earlier row has this number already."))
        self._seen.add(staged.external_id)
        return found

    def _refuse_excluded(self, found: list[Found]) -> None:
        open_rows = _still_open(found)
        rules = exclusions.rules_met_by_each([one.document for one in open_rows])
        for one, met in zip(open_rows, rules, strict=True):
            if met:
                one.refuse(exclusions.refusal(met))

    def _compare(self, found: list[Found]) -> None:
        """Which listing each is; then what it changes there, or whether it is listed already."""
        open_rows = _still_open(found)
        numbers = [one.staged.external_id for one in open_rows]
        bases = ImportBase.objects.of(self._source, numbers)
        known = known_by_number(self._source, numbers, bases)
        compared = []
        for one in open_rows:
            listing = known.get(one.staged.external_id)
            if listing is None:
                self._match(one)
                continue
            one.organization = listing.organization_id
            base = bases.get(one.staged.external_id)
            if listing.obstacle:
                one.refuse(listing.obstacle)
            elif listing.is_taken_back:
                one.is_due = True
            else:
                compared.append((one, listing, base.row.document if base else None))
        self._merge(compared)

    def _merge(self, compared: list[tuple[Found, Known, dict | None]]) -> None:
        """What a source says anew of its own listings."""
        asked = [
            (one, listing, base)
            for one, listing, base in compared
            if base is None or not says_the_same(one.document, base)
        ]
        keys = {listing.organization_id for _one, listing, _base in asked}
        presents, erased = present_documents(keys), erased_fields(keys)
        for one, _listing, _base in compared:
            one.outcome = RowOutcome.UNCHANGED
        for one, listing, base in asked:
            present = presents[listing.organization_id]
            held = erased.get(listing.organization_id, set())
            if any(one.document.get(name) != present.get(name) for name in held):
                one.remark(_("Personal data was removed here for good: the source is not heard."))
            result = with_import(
                present,
                one.document,
                base,
                source=self._source.code,
                external_id=one.staged.external_id,
                on=self._today,
                held=held,
            )
            one.has_conflict = bool(result.conflicts)
            # Also where the listing says so already: it is kept that the source now says so.
            one.is_due = True
            if result.document != present:
                one.outcome = RowOutcome.CHANGED
        if self.run.is_publishing:
            _publish_drafts(compared)

    def _match(self, one: Found) -> None:
        """Whether somebody else has listed it; a row that is new meets those that come later."""
        if before := self._before.get(one.staged.external_id):
            # What was told once stays so until somebody decides, however much else is listed now.
            one.outcome, one.organization = RowOutcome.DUPLICATE, before.organization_id
            one.matches, one.decision = before.matches, before.decision
            return
        profile = profile_of(one.document)
        matches = self._matcher.like(profile)[:MATCHES_KEPT]
        one.matches = [told(match) for match in matches]
        if best := surest(matches):
            one.outcome = RowOutcome.DUPLICATE
            one.organization = best.organization_id if best.organization_id > 0 else None
        else:
            one.is_due = True
            self._matcher.add(-one.staged.number, profile)
            if self.run.is_publishing and (why := why_a_draft(one.document)):
                one.remark(why, kind=STAYS_DRAFT)

    def _row(self, one: Found) -> dict[str, Any]:
        is_kept = one.is_due or one.outcome == RowOutcome.DUPLICATE
        return {
            "run": self.run.pk,
            "number": one.staged.number,
            "external_id": one.staged.external_id[:200],
            "values": one.staged.values,
            "document": one.document if is_kept else None,
            "outcome": str(one.outcome),
            "has_conflict": one.has_conflict,
            "organization": one.organization,
            "problems": one.problems,
            "matches": one.matches,
            "decision": one.decision,
            "is_due": one.is_due,
            "is_applied": False,
        }


def _still_open(found: Iterable[Found]) -> list[Found]:
    return [one for one in found if one.outcome != RowOutcome.REFUSED]


def _publish_drafts(compared: list[tuple[Found, Known, dict | None]]) -> None:
    """A draft that could be on the site changes by being put there."""
    for one, listing, _base in compared:
        is_draft = listing.publication == Publication.DRAFT
        if (
            is_draft
            and one.outcome == RowOutcome.UNCHANGED
            and not what_is_missing_in(one.document)
        ):
            one.outcome, one.is_due = RowOutcome.CHANGED, True
            one.remark(_("Its draft goes on the site."), kind=PUT_ON_SITE)


def _new_before(run: ImportRun) -> Iterator[tuple[int, Profile]]:
    """Rows staged before that are new, for those that come later to meet; by less their number."""
    rows = run.rows.filter(outcome=RowOutcome.NEW).in_order().values_list("number", "document")
    last = 0
    while some := list(rows.filter(number__gt=last)[:ROWS_AT_ONCE]):
        for number, document in some:
            yield -number, profile_of(document)
        last = some[-1][0]


def _duplicates_before(run: ImportRun) -> dict[str, ImportRow]:
    """By their number there, rows that the source's imports left out last, each with its listing."""
    left_out = ["", RowDecision.LEAVE]
    rows = list(ImportRow.objects.duplicates_before(run).filter(decision__in=left_out))
    of_the_file = [row for row in rows if not row.organization_id]
    if of_the_file:
        earlier = {row.run_id for row in of_the_file}
        written = ImportRow.objects.filter(run__in=earlier, organization__isnull=False)
        columns = written.values_list("run", "number", "organization")
        listings = {(key, number): listing for key, number, listing in columns}
        for row in of_the_file:
            same = next(match for match in row.matches if match["verdict"] == Verdict.SAME)
            row.organization_id = listings.get((row.run_id, same["row"]))
    return {row.external_id: row for row in rows if row.organization_id}

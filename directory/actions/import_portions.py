"""What becomes of some rows of an import, and the marks that say so."""

from dataclasses import dataclass, field

from directory.actions.bulk import Entry
from directory.actions.bulk_edits import Edit
from directory.actions.import_news import told
from directory.models import ImportRow, RowOutcome
from directory.search.matching import Match


@dataclass
class Portion:
    """What becomes of some rows."""

    entries: list[tuple[ImportRow, Entry]] = field(default_factory=list)
    edits: list[tuple[ImportRow, Edit]] = field(default_factory=list)
    written: list[ImportRow] = field(default_factory=list)
    refused: list[ImportRow] = field(default_factory=list)
    remarked: list[ImportRow] = field(default_factory=list)
    met: list[ImportRow] = field(default_factory=list)

    def refuse(self, row: ImportRow, reason: str) -> None:
        """Leave a row out that was not refused before."""
        row.outcome, row.is_due, row.decision = RowOutcome.REFUSED, False, ""
        remark(row, reason, "refused")
        self.refused.append(row)

    def leave(self, row: ImportRow, matches: list[Match], listing: int) -> None:
        """Leave a row to an editor: the listing of that row id is surely the same."""
        row.outcome, row.is_due, row.organization_id = RowOutcome.DUPLICATE, False, listing
        row.matches = [told(match) for match in matches]
        self.met.append(row)

    @property
    def done(self) -> int:
        """How many rows there is nothing more to do for."""
        return len(self.written) + len(self.refused) + len(self.met)


def remark(row: ImportRow, reason: str, kind: str) -> None:
    """Say something of a row that is about none of its values alone."""
    row.problems = [*row.problems, {"column": "", "value": "", "reason": reason, "kind": kind}]


def mark(portion: Portion) -> None:
    """Rows that are written are so once and for all, in the very transaction."""
    ImportRow.objects.bulk_update(portion.written, ["organization"])
    keys = [row.pk for row in portion.written]
    ImportRow.objects.filter(pk__in=keys).update(is_due=False, is_applied=True)
    ImportRow.objects.bulk_update(portion.refused, ["outcome", "problems", "is_due", "decision"])
    ImportRow.objects.bulk_update(portion.remarked, ["problems"])
    ImportRow.objects.bulk_update(portion.met, ["outcome", "organization", "matches", "is_due"])

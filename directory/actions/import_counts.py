"""How many rows of an import are what, and which words of them nobody understood."""

from collections import Counter
from typing import Any

from directory.models import ImportBase, ImportRun, RowOutcome
from directory.models.import_row import LEFT_OUT, STAYS_DRAFT, UNKNOWN_TOWN, UNKNOWN_WORD

# Remarks whose rows are counted for the preview.
TOLD = (UNKNOWN_TOWN, UNKNOWN_WORD, LEFT_OUT, STAYS_DRAFT)
ROWS_AT_ONCE = 2_000
WORDS_KEPT = 100  # The most frequent ones: nobody says of more what they mean.


def count(run: ImportRun) -> dict[str, Any]:
    """How many rows of each outcome, with those that vanished; they may be more than one thing.

    And the words that are no terms, with the rows of each (words_not_known).
    """
    rows = run.rows.all()
    counts = {outcome.value: rows.filter(outcome=outcome).count() for outcome in RowOutcome}
    return {
        "rows": sum(counts.values()),
        **counts,
        "conflict": rows.told_as("conflict").count(),
        **{kind: rows.told_as(kind).count() for kind in TOLD},
        "words": words_not_known(run),
        "vanished": 0 if run.is_part else ImportBase.objects.missing_in(run).count(),
    }


def words_not_known(run: ImportRun) -> list[list[Any]]:
    """Words that are no terms, the most frequent first: column, word, in how many rows."""
    counts: Counter[tuple[str, str]] = Counter()
    remarks = run.rows.told_as(UNKNOWN_WORD).values_list("problems", flat=True)
    for problems in remarks.iterator(chunk_size=ROWS_AT_ONCE):
        counts.update({(p["column"], p["value"]) for p in problems if p["kind"] == UNKNOWN_WORD})
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return [[column, word, count] for (column, word), count in ordered[:WORDS_KEPT]]

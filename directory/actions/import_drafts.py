"""Why the listing of a row stays a draft, and which words of a file nobody understood."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from directory.actions.organizations import what_is_missing_in
from directory.models import ImportRun
from directory.models.import_row import UNKNOWN_WORD

ROWS_AT_ONCE = 2_000
WORDS_KEPT = 100  # The most frequent ones: nobody says of more what they mean.


def why_a_draft(document: dict[str, Any]) -> str:
    """What a new listing lacks to be put on the site, in a sentence; "" where it lacks nothing."""
    missing = what_is_missing_in(document)
    if not missing:
        return ""
    return _("A draft until it is complete: %(why)s") % {"why": " ".join(missing)}


def words_not_known(run: ImportRun) -> list[list[Any]]:
    """Words that are no terms, the most frequent first: column, word, in how many rows."""
    counts: Counter[tuple[str, str]] = Counter()
    remarks = run.rows.told_as(UNKNOWN_WORD).values_list("problems", flat=True)
    for problems in remarks.iterator(chunk_size=ROWS_AT_ONCE):
        counts.update({(p["column"], p["value"]) for p in problems if p["kind"] == UNKNOWN_WORD})
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return [[column, word, count] for (column, word), count in ordered[:WORDS_KEPT]]

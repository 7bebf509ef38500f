"""Rows of an import in words, as far as whoever looks may see the listings that they speak of."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.import_listings import erased_fields, present_documents
from directory.actions.import_merging import Result, with_import
from directory.admin.choice_words import Piece, pieces_of
from directory.admin.seen import seen_by
from directory.admin.values import change_in_words, place_in_words
from directory.documents import difference
from directory.exchange.import_report import same_as
from directory.models import (
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    Organization,
    RowDecision,
    RowOutcome,
    vocabulary,
)
from directory.models.import_row import BY_NAME, STAYS_DRAFT

VANISHED_SHOWN = 50


@dataclass(frozen=True)
class Shown:
    """A row in words: what it says, what it changes, what it leaves, what it may be.

    What a listing elsewhere holds is not told.
    """

    row: ImportRow
    name: str
    number_there: str
    facts: str
    changes: list[tuple[str, str, str]]
    conflicts: list[Piece]
    matches: list[str]
    listing: str
    becomes: str
    is_open: bool
    is_elsewhere: bool
    differs: bool


@dataclass(frozen=True)
class Vanished:
    """An entry that the file has no longer; its listing where whoever looks may see it."""

    number_there: str
    organization: Organization | None


@dataclass(frozen=True)
class Known:
    """The listings of a page of rows, by row id: only those that whoever looks may see."""

    names: dict[int, str]
    documents: dict[int, dict[str, Any]]
    erased: dict[int, set[str]]
    bases: dict[str, ImportBase]


def shown_rows(run: ImportRun, rows: list[ImportRow], person: User) -> list[Shown]:
    """A page of rows in words for a person, in a fixed number of queries."""
    own = {row.organization_id for row in rows if row.organization_id}
    matched = {match["organization"] for row in rows for match in row.matches}
    names = seen_by(person, own | (matched - {None}))
    keys = own & names.keys()
    bases = ImportBase.objects.of(run.source, [row.external_id for row in rows])
    known = Known(names, present_documents(keys), erased_fields(keys), bases)
    return [_shown(run, row, known) for row in rows]


def vanished_from(run: ImportRun, person: User) -> list[Vanished]:
    """The first entries of the source that are not in the file, for a person."""
    bases = ImportBase.objects.missing_in(run).order_by("external_id")
    some = list(bases.select_related("row__organization")[:VANISHED_SHOWN])
    seen = seen_by(person, {base.row.organization_id for base in some})
    return [
        Vanished(
            _number_there(base.external_id), listing if listing and listing.pk in seen else None
        )
        for base in some
        for listing in [base.row.organization]
    ]


def _shown(run: ImportRun, row: ImportRow, known: Known) -> Shown:
    present = known.documents.get(row.organization_id)
    result = _result(run, row, known)
    document = row.document or {}
    name = document.get("name") or known.names.get(row.organization_id, "")
    is_elsewhere = row.organization_id is not None and row.organization_id not in known.names
    return Shown(
        row=row,
        name=name or _first_value_used(run, row),
        number_there=_number_there(row.external_id),
        facts=" · ".join(_facts(document)),
        changes=_changes(present, result.document) if result and present else [],
        conflicts=pieces_of(result.conflicts) if result else [],
        matches=[_match_in_words(match, known) for match in row.matches],
        listing=known.names.get(row.organization_id, ""),
        becomes=_becomes(run, row),
        is_open=row.outcome == RowOutcome.DUPLICATE and not row.is_applied,
        is_elsewhere=is_elsewhere,
        differs=is_elsewhere and _is_told(row),
    )


def _becomes(run: ImportRun, row: ImportRow) -> str:
    """Whether a new row would be on the site; "" once it is written, and of all others."""
    if row.outcome != RowOutcome.NEW or run.state != ImportState.STAGED:
        return ""
    is_draft = any(problem["kind"] == STAYS_DRAFT for problem in row.problems)
    return _("goes on the site") if run.is_publishing and not is_draft else _("becomes a draft")


def _number_there(external_id: str) -> str:
    """The number that the source gave; "" where it gave none."""
    return "" if external_id.startswith(BY_NAME) else external_id


def _first_value_used(run: ImportRun, row: ImportRow) -> str:
    """What tells a row without a name from others; of columns that are left out nothing is told."""
    rules = (rule for rule in run.mapping.get("rules", ()) if rule["target"] != "ignore")
    values = (row.values.get(column) for rule in rules for column in rule["columns"])
    return next((str(value) for value in values if value), "")


def _match_in_words(match: dict[str, Any], known: Known) -> str:
    key = match["organization"]
    if key is None or key in known.names:
        return same_as(match, known.names.get(key, ""))
    return _("It seems to be a listing outside your area.")


def _facts(document: dict[str, Any]) -> list[str]:
    """Where it is, what it is and its website: enough to know it by."""
    places = [_where(place) for place in document.get("locations") or []]
    found = [vocabulary().get(c["scheme"], c["code"]) for c in document.get("claims") or []]
    labels = [term.label for term in found if term]
    return list(dict.fromkeys(filter(None, [*places, *labels, document.get("website", "")])))


def _where(location: dict[str, Any]) -> str:
    """The town; where none is told, the names of the place that is known."""
    if location["locality"] or not location["place"]:
        return location["locality"]
    return place_in_words(location["place"])


def _is_told(row: ImportRow) -> bool:
    """Whether there is something to say of what it does to its listing."""
    is_joined = row.decision == RowDecision.SAME and not row.is_applied
    return row.outcome == RowOutcome.CHANGED or row.has_conflict or is_joined


def _result(run: ImportRun, row: ImportRow, known: Known) -> Result | None:
    """What the row would make of its listing as it is now."""
    present = known.documents.get(row.organization_id)
    if present is None or row.document is None or not _is_told(row):
        return None
    base = known.bases.get(row.external_id)
    before = base and (base.previous if base.row_id == row.pk else base.row)
    return with_import(
        present,
        row.document,
        before.document if before else None,
        source=run.source.code,
        external_id=row.external_id,
        on=timezone.localdate().isoformat(),
        held=known.erased.get(row.organization_id, ()),
    )


def _changes(present: dict[str, Any], document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each change but that of the record of the source: field, before and after."""
    changes = difference(present, document)
    return [change_in_words(change) for change in changes if change.field != "sources"]

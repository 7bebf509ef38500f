"""Claims as a page shows them: what is said, who says so, since when, until when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.models import Assertion, Claim, SourceRecord, Term, VerificationLevel
from directory.web.stitches import LINES, Stitch, is_stale


@dataclass(frozen=True)
class Saying:
    """One side's claim: its stitch, its words, and where they can be checked."""

    stitch: Stitch
    statement: str
    who: str
    until: str
    evidence_url: str
    evidence_words: str


@dataclass(frozen=True)
class SaidTerm:
    """A term with all that is said for it."""

    term: Term
    sayings: list[Saying]


def said_terms(
    claims: Iterable[Claim], records: Iterable[SourceRecord], today: datetime.date
) -> list[SaidTerm]:
    """The claims by term, in their order: types first, then values, then sectors."""
    read_on = {record.source_id: record.fetched_on for record in records}
    grouped: dict[int, SaidTerm] = {}
    for claim in claims:
        said = grouped.setdefault(claim.term_id, SaidTerm(claim.term, []))
        said.sayings.append(saying_of(claim, read_on.get(claim.source_id), today))
    order = {"type": 0, "value": 1, "sector": 2}
    return sorted(grouped.values(), key=lambda said: order.get(said.term.scheme, 3))


def saying_of(claim: Claim, read_on: datetime.date | None, today: datetime.date) -> Saying:
    return Saying(
        stitch=claim_stitch(claim, read_on, today),
        statement=claim.statement,
        who=_who(claim),
        until=_until(claim, today),
        evidence_url=claim.evidence_url,
        evidence_words=claim.evidence_title or _("Where this was seen"),
    )


def claim_stitch(claim: Claim, read_on: datetime.date | None, today: datetime.date) -> Stitch:
    """How well one claim is known. `read_on`: when its source was read, if it is an import."""
    level = level_of(claim)
    day = claim.checked_on
    if has_worn_off(claim, today):
        return Stitch("old", "look", _outdated(claim))
    line, icon = LINES[level]
    words = _words(claim, level)
    shown = day or (read_on if claim.asserted_by == Assertion.IMPORT else None)
    if shown is None:
        return Stitch(line, icon, words)
    return Stitch(line, icon, words, f"{shown:%Y-%m}", date_format(shown, "YEAR_MONTH_FORMAT"))


def level_of(claim: Claim) -> VerificationLevel:
    """How firmly a claim stands, apart from its age."""
    match claim.asserted_by:
        case Assertion.ORGANIZATION:
            return VerificationLevel.SELF_REPORTED
        case Assertion.PEER:
            return VerificationLevel.PEER_VOUCHED
        case Assertion.EDITOR if claim.checked_on and claim.evidence_title:
            return VerificationLevel.DOCUMENTED
        case Assertion.EDITOR if claim.checked_on:
            return VerificationLevel.EDITOR_CHECKED
    return VerificationLevel.UNVERIFIED


def has_worn_off(claim: Claim, today: datetime.date) -> bool:
    """Past the day it holds until; where none is given, past the age its level allows."""
    if claim.valid_until:
        return claim.has_expired(today)
    return bool(claim.checked_on) and is_stale(level_of(claim), claim.checked_on, today)


def _words(claim: Claim, level: VerificationLevel) -> str:
    match level:
        case VerificationLevel.PEER_VOUCHED:
            return _("Vouched for by %(peer)s") % {"peer": claim.asserted_by_name}
        case VerificationLevel.DOCUMENTED:
            return _("%(paper)s seen") % {"paper": claim.evidence_title}
        case VerificationLevel.UNVERIFIED if claim.asserted_by == Assertion.IMPORT:
            return _("Imported, not checked yet")
    return str(level.label)


def _outdated(claim: Claim) -> str:
    if claim.checked_on is None:
        return _("Ran out in %(year)s, needs a new look") % {"year": claim.valid_until.year}
    words = {
        Assertion.ORGANIZATION: _("Said so itself in %(year)s, needs a new look"),
        Assertion.PEER: _("Vouched for in %(year)s, needs a new look"),
        Assertion.IMPORT: _("Imported in %(year)s, needs a new look"),
    }.get(claim.asserted_by, _("Checked in %(year)s, needs a new look"))
    return words % {"year": claim.checked_on.year}


def _who(claim: Claim) -> str:
    match claim.asserted_by:
        case Assertion.ORGANIZATION:
            return _("By the organization itself.")
        case Assertion.PEER:
            return _("By %(peer)s.") % {"peer": claim.asserted_by_name}
        case Assertion.IMPORT if claim.source:
            return _("From %(source)s.") % {"source": claim.source.shown_name}
        case Assertion.IMPORT:
            return _("From one of the sources below.")
    if claim.checked_on is None:
        return _("Written down by an editor.")
    if claim.source:
        return _("By an editor, from %(source)s.") % {"source": claim.source.shown_name}
    return _("By an editor.")


def _until(claim: Claim, today: datetime.date) -> str:
    if claim.valid_until is None:
        return ""
    words = _("Held until %(day)s.") if claim.has_expired(today) else _("Holds until %(day)s.")
    return words % {"day": date_format(claim.valid_until, "DATE_FORMAT")}

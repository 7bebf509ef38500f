"""The stitch: how well a listing is known, and since when, in words, line and icon."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.actions.proposals import VISITORS
from directory.models import Lifecycle, Organization, ShortListing, VerificationLevel
from directory.models.confirmation import is_stale


@dataclass(frozen=True)
class Stitch:
    """Class of the line, icon, words, and the month they speak of (ISO and in words)."""

    line: str
    icon: str
    words: str
    month: str = ""
    month_words: str = ""


LINES = {
    VerificationLevel.UNVERIFIED: ("unchecked", "unknown"),
    VerificationLevel.SELF_REPORTED: ("says", "says"),
    VerificationLevel.EDITOR_CHECKED: ("checked", "check"),
    VerificationLevel.ORG_CONFIRMED: ("checked", "check"),
    VerificationLevel.PEER_VOUCHED: ("checked", "peers"),
    VerificationLevel.DOCUMENTED: ("paper", "paper"),
}


def stitch_of(
    organization: Organization | ShortListing, today: datetime.date | None = None
) -> Stitch:
    """What is known of a listing as a whole. Needs its source records and events loaded."""
    today = today or timezone.localdate()
    level = VerificationLevel(organization.verification)
    day = organization.verified_on
    if level == VerificationLevel.UNVERIFIED:
        return _unchecked(organization, today)
    if day and is_stale(level, day, today):
        return Stitch("old", "look", _outdated(level) % {"year": day.year})
    line, icon = LINES[level]
    words = _words(level, organization)
    return _dated(line, icon, words, day) if day else Stitch(line, icon, words)


def ended(organization: Organization | ShortListing) -> Stitch | None:
    """That the enterprise itself is over, if it is."""
    if not organization.has_ended:
        return None
    words = str(Lifecycle(organization.lifecycle).label)
    if organization.closed:
        words = _("%(life)s, %(year)s") % {"life": words, "year": organization.closed[:4]}
    return Stitch("doubt", "look", words)


def _unchecked(organization: Organization | ShortListing, today: datetime.date) -> Stitch:
    # What visitors told was not imported: it only is not checked yet.
    read_on = [day for source, day in organization.readings if source != VISITORS]
    latest = max((day for day in read_on if day), default=None)
    line, icon = LINES[VerificationLevel.UNVERIFIED]
    came = [timezone.localdate(organization.published_at)] if organization.published_at else []
    newest = max([*came, *([latest] if latest else [])], default=None)
    if newest and is_stale(VerificationLevel.UNVERIFIED, newest, today):
        return Stitch("old", "look", _never_checked(latest))
    if latest is None:
        return Stitch(line, icon, _("Not checked yet"))
    month = month_in_words(latest.year, latest.month, get_language())
    words = _("Not checked yet, imported %(month)s") % {"month": month}
    return Stitch(line, icon, words)


def _never_checked(read_on: datetime.date | None) -> str:
    if read_on is None:
        return _("Never checked, needs a look")
    return _("Imported in %(year)s and never checked, needs a look") % {"year": read_on.year}


def _words(level: VerificationLevel, organization: Organization | ShortListing) -> str:
    events = [check for check in organization.checks if check.level == level]
    newest = max(events, key=lambda event: (event.happened_on, event.pk), default=None)
    if newest and newest.evidence_title and level == VerificationLevel.DOCUMENTED:
        return _("%(paper)s seen") % {"paper": newest.evidence_title}
    if newest and newest.peer_name and level == VerificationLevel.PEER_VOUCHED:
        return _("Vouched for by %(peer)s") % {"peer": newest.peer_name}
    return str(level.label)


def _outdated(level: VerificationLevel) -> str:
    match level:
        case VerificationLevel.SELF_REPORTED:
            return _("Said so itself in %(year)s, needs a new look")
        case VerificationLevel.ORG_CONFIRMED:
            return _("Confirmed by itself in %(year)s, needs a new look")
        case VerificationLevel.PEER_VOUCHED:
            return _("Vouched for in %(year)s, needs a new look")
        case VerificationLevel.DOCUMENTED:
            return _("Papers seen in %(year)s, needs a new look")
    return _("Checked in %(year)s, needs a new look")


def _dated(line: str, icon: str, words: str, day: datetime.date) -> Stitch:
    month = month_in_words(day.year, day.month, get_language())
    return Stitch(line, icon, words, f"{day:%Y-%m}", month)


@lru_cache(maxsize=1_000)  # Twenty years in four languages; each card names one.
def month_in_words(year: int, month: int, _language: str | None) -> str:
    return date_format(datetime.date(year, month, 1), "YEAR_MONTH_FORMAT")

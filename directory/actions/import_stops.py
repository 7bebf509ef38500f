"""What keeps an import from being written: rules of its source, and licences."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import ImportBase, ImportRow, ImportRun, RowOutcome, Source, SourceFeed
from directory.models.import_row import PUT_ON_SITE


def stops_of(run: ImportRun, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Rules of the source that the staged rows break, each with what its words need.

    A part of what the source has is held against those of its entries that are in it.
    """
    feed = SourceFeed.objects.filter(source=run.source).first() or SourceFeed(source=run.source)
    bases = ImportBase.objects.filter(source=run.source)
    missing = bases.missing_in(run).count()
    before = bases.count() - (missing if run.is_part else 0)
    refused = bases.refused_in(run).count()
    # A listing that only goes on the site says what it said.
    put_there = run.rows.told_as(PUT_ON_SITE).count() if run.is_publishing else 0
    changed = counts[RowOutcome.CHANGED] - put_there
    found = _canaries(run, feed)
    for code, count, most in (
        ("vanished", refused + (0 if run.is_part else missing), feed.vanish_percent_max),
        ("changed", changed, feed.change_percent_max),
    ):
        if most is None or count <= settings.IMPORT_STOP_ROWS_MIN or not before:
            continue
        if count * 100 > before * most:
            found.append({"code": code, "count": count, "before": before, "most": most})
    if not counts["rows"]:
        found.append({"code": "empty"})
    return found


def _canaries(run: ImportRun, feed: SourceFeed) -> list[dict[str, Any]]:
    wanted = feed.canary_rows()
    if not wanted:
        return []
    rows = ImportRow.objects.filter(run=run, external_id__in=[*wanted])
    there = {row.external_id: row for row in rows.exclude(outcome=RowOutcome.REFUSED)}
    found = []
    for number, name in wanted.items():
        row = there.get(number)
        if row is None:
            found.append({"code": "canary", "number": number})
        elif name and not _is_called(row, name):
            found.append({"code": "canary-name", "number": number, "name": name})
    return found


def _is_called(row: ImportRow, name: str) -> bool:
    """Whether the row says the name; one that says what it said before has no document."""
    if row.document is None:
        base = ImportBase.objects.filter(source=row.run.source, external_id=row.external_id)
        documents = [each.row.document for each in base.select_related("row")]
        return any(document["name"] == name for document in documents)
    return row.document["name"] == name


def is_licensed(run: ImportRun) -> bool:
    """Whether the directory may take it: by the source's licence, or kept out of exports."""
    return run.source.is_reusable or run.is_isolated


def words_of(stop: dict[str, Any]) -> str:
    """A rule that is broken, in a sentence."""
    match stop["code"]:
        case "vanished":
            words = ngettext(
                "%(count)d of %(before)d listings of this source has vanished from the file, or is "
                "refused now; more than %(most)d of 100 stop it. If the file is a part of "
                "what the source has, bring it in again and say so.",
                "%(count)d of %(before)d listings of this source have vanished from the file, or "
                "are refused now; more than %(most)d of 100 stop it. If the file is a part of "
                "what the source has, bring it in again and say so.",
                stop["count"],
            )
        case "changed":
            words = ngettext(
                "%(count)d of %(before)d listings of this source would change; "
                "more than %(most)d of 100 stop it.",
                "%(count)d of %(before)d listings of this source would change; "
                "more than %(most)d of 100 stop it.",
                stop["count"],
            )
        case "canary":
            words = _("Row %(number)s must be there, and is missing or refused.")
        case "canary-name":
            words = _("Row %(number)s must be called %(name)s, and is not.")
        case _:
            words = _("There is no row in it.")
    return words % stop


def why_not_isolated(source: Source) -> str:
    """Why its facts cannot be kept out of exports, and what decides it, in words; "" if they are."""
    if not source.is_reusable:
        return ""
    return _(
        "%(source)s: %(licence)s. The licence of the source decides what exports and dumps have, "
        "and by this one its facts may be passed on, so they are in them. Where that is wrong, "
        "correct the licence first (in the admin: Sources)."
    ) % {"source": source.name, "licence": source.licence_name or source.get_licence_display()}


def why_not_licensed(source: Source) -> str:
    """What to do about a source whose licence does not fit, in words."""
    return _(
        "%(source)s: %(licence)s. Its facts may not be passed on under the directory's own licence "
        "(%(own)s). They can be shown with credit and kept out of exports and dumps: say so."
    ) % {
        "source": source.name,
        "licence": source.licence_name or source.get_licence_display(),
        "own": settings.SITE_LICENCE,
    }

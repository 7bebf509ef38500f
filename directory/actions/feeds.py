"""How the file of a source is read, when it is fetched next, and what became of the last time."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.imports import NotApplicable
from directory.models import ImportRun, Source, SourceFeed, SourceMapping

FATE = ("last_error", "failing_since", "next_pull_at")


def note_pull(feed: SourceFeed, *, digest: str, now: datetime.datetime) -> None:
    """The file was fetched; the next time is a whole interval away."""
    feed.last_digest, feed.last_pulled_at = digest, now
    feed.last_error, feed.failing_since = "", None
    feed.next_pull_at = now + datetime.timedelta(hours=feed.every_hours)
    feed.save(update_fields=["last_digest", "last_pulled_at", *FATE])


def note_failure(feed: SourceFeed, error: str, *, now: datetime.datetime) -> None:
    """The file was not to be had, or cannot be read; it is tried again earlier."""
    feed.last_error, feed.failing_since = error[-1_000:], feed.failing_since or now
    hours = min(feed.every_hours, settings.IMPORT_PULL_RETRY_HOURS)
    feed.next_pull_at = now + datetime.timedelta(hours=hours)
    feed.save(update_fields=FATE)


@transaction.atomic
def keep_mapping(source: Source, name: str, mapping: dict[str, Any]) -> SourceMapping:
    """Keep a mapping for a source under a name, or make it anew."""
    before = SourceMapping.objects.filter(source=source, name=name).first()
    kept, _is_new = SourceMapping.objects.update_or_create(
        source=source, name=name, defaults={"rules": mapping}
    )
    if before is None or before.rules != mapping:
        fetch_anew(SourceFeed.objects.filter(source=source))
    return kept


@transaction.atomic
def keep_new_mapping(source: Source, name: str, mapping: dict[str, Any]) -> SourceMapping:
    """Keep a mapping by which nothing is read yet, for who may let no import be written.

    Raises NotApplicable where the name is taken, or the source's file is fetched regularly.
    """
    if SourceFeed.objects.filter(source=source, is_on=True).exists():
        raise NotApplicable(
            _("The file of this source is fetched regularly: a curator keeps its mappings.")
        )
    kept, is_new = SourceMapping.objects.get_or_create(
        source=source, name=name, defaults={"rules": mapping}
    )
    if not is_new:
        raise NotApplicable(
            _("There is a mapping of this name, which a curator can replace. Choose another name.")
        )
    return kept


def fetch_soon(feeds: QuerySet) -> int:
    """Let files be fetched at the next round of background work; how many of these are fetched."""
    return feeds.filter(is_on=True).update(next_pull_at=timezone.now())


def fetch_anew(feeds: QuerySet) -> None:
    """Let the next fetch be read though the file is the same: it would be read otherwise now."""
    feeds.exclude(last_digest="").update(last_digest="")


def was_taken_back(source: Source, digest: str) -> bool:
    """Whether an import of this very file was taken back: only a person brings it in again."""
    return ImportRun.objects.taken_back().filter(source=source, digest=digest).exists()

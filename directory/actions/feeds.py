"""When the file of a source is fetched next, and what became of the last time."""

import datetime

from django.conf import settings

from directory.models import SourceFeed

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

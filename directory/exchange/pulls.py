"""Fetching the files of sources regularly: through the guarded client, and only what is new."""

import logging
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from directory.actions import feeds, imports
from directory.exchange import import_mappings, outbound
from directory.exchange.imports import opened
from directory.exchange.mappings import InvalidMapping, Mapping
from directory.exchange.tables import UnreadableFile
from directory.models import Door, ImportRun, SourceFeed

logger = logging.getLogger(__name__)

FAULTS = (
    outbound.Refused,
    outbound.Unreachable,
    UnreadableFile,
    InvalidMapping,
    imports.NotApplicable,
)


def pull_due() -> Iterator[SourceFeed]:
    """Fetch what is due; each is given out when its fate is noted."""
    for feed in list(SourceFeed.objects.due(timezone.now()).select_related("source", "mapping")):
        pull(feed)
        yield feed


def pull(feed: SourceFeed) -> None:
    """Fetch a source's file; a new one becomes an import, which `manage.py work` goes on with."""
    now = timezone.now()
    try:
        content = _fetched(feed.url)
        digest = sha256(content).hexdigest()
        # Both or neither: what came in and is not noted would come in again and again.
        with transaction.atomic():
            if digest != feed.last_digest:
                _bring_in(feed, content, digest)
            feeds.note_pull(feed, digest=digest, now=now)
    except FAULTS as fault:
        feeds.note_failure(feed, str(fault), now=now)
    except (OperationalError, InterfaceError):
        raise  # The database's fault, not the file's: tried again.
    except Exception as error:  # One broken feed must not keep the others from being fetched.
        logger.exception("feed %s failed", feed.pk)
        feeds.note_failure(feed, f"{type(error).__name__}: {error}", now=now)


def _fetched(url: str) -> bytes:
    most = settings.IMPORT_BYTES_MAX
    limits = outbound.Limits(most + 1, settings.IMPORT_PULL_SECONDS_MAX)
    answer = outbound.fetch(url, limits=limits)
    if answer.status != 200:
        raise outbound.Unreachable(f"{answer.url} answers {answer.status}.")
    if len(answer.body) > most:
        raise UnreadableFile(f"{answer.url} has more than {most // 1_000_000} MB.")
    length = answer.headers.get("content-length", "")
    if length.isdigit() and int(length) != len(answer.body):
        raise outbound.Unreachable(f"{answer.url} broke off after {len(answer.body)} bytes.")
    return answer.body


def _bring_in(feed: SourceFeed, content: bytes, digest: str) -> None:
    imports.discard_fetched(feed.source)
    run = imports.bring_in(
        content,
        source=feed.source,
        file_name=_name_in(feed.url),
        by=None,
        door=Door.CLOCK,
        is_publishing=feed.is_publishing,
        is_isolated=feed.is_isolated,
        applies_itself=feed.applies and not feeds.was_taken_back(feed.source, digest),
    )
    name, mapping = _mapping(feed, run)
    imports.read_with(run, mapping.as_json(), name=name)


def _mapping(feed: SourceFeed, run: ImportRun) -> tuple[str, Mapping]:
    if feed.mapping:
        return feed.mapping.name, Mapping.from_json(feed.mapping.rules)
    if name := feed.mapping_name or import_mappings.usual_name(feed.source):
        return name, import_mappings.named(feed.source, name)
    with opened(run, Mapping()) as table:
        return import_mappings.GUESSED, import_mappings.guessed(table)


def _name_in(url: str) -> str:
    """What the file is called, as far as its address tells."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.netloc

"""The index of this process, always as new as the log.

Before every search one query reads the log from the last change that the index knows. Normally
that one change comes back alone. Anything newer is applied at once, so that a write is visible to
the next search in every process. If the known change is not there any more, or is another one, the
database was swapped, restored or rolled back: the index is made anew.

A search holds a lock: threads share one index and processes, not threads, carry load.
"""

import datetime
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone

from directory.models import Organization, Revision, Source, Vocabulary, vocabulary
from directory.search import delta
from directory.search.building import Builder
from directory.search.gazetteer import Gazetteer
from directory.search.index import Index
from directory.search.phrases import Phrases, phrases_of
from directory.search.reading import all_listings, listings_of

logger = logging.getLogger(__name__)

CHANGES_MAX = 4_000  # Listings entered after the base before it is made anew.
# What makes a place in the log this one and no other, also in a database that took its numbers
# back: `pk` and `sequence` come again after a rollback, the time does not.
LOG_COLUMNS = ("sequence", "pk", "created_at", "organization_id")


@dataclass
class _State:
    index: Index
    database: str
    position: tuple  # LOG_COLUMNS of the last change that is in the index
    unlogged: tuple  # what is known of rows where the log is empty
    vocabulary: Vocabulary
    built_on: datetime.date


_lock = threading.RLock()
_state: _State | None = None
_phrases: Phrases | None = None


@contextmanager
def current() -> Iterator[tuple[Index, int]]:
    """The index as it must be now, and the place in the log it has reached; held until the end."""
    with _lock:
        state = _up_to_date()
        yield state.index, state.position[0] if state.position else 0


def _up_to_date() -> _State:
    global _state
    terms = vocabulary()
    database = str(connection.settings_dict["NAME"])
    # At midnight checks grow old and stop holding.
    is_outdated = _state is None or _state.built_on != timezone.localdate()
    if is_outdated or _state.vocabulary is not terms or _state.database != database:
        _state = _made_anew(terms, database)
        return _state
    news = _news(_state.position)
    if news is None or _state.unlogged != _unlogged(_state.position):
        _state = _made_anew(terms, database)
    elif news:
        if len(news) + _state.index.changes > CHANGES_MAX:
            _state = _made_anew(terms, database)
        else:
            _apply(_state, news)
    return _state


def _news(position: tuple) -> list[tuple] | None:
    """Changes after a place in the log; None if that place is not there any more."""
    known = position[0] if position else 0
    rows = Revision.objects.filter(sequence__gte=known).order_by("sequence")
    found = list(rows.values_list(*LOG_COLUMNS)[: CHANGES_MAX + 2])
    if not position:
        return found
    return found[1:] if found and found[0] == position else None


def _unlogged(position: tuple) -> tuple:
    """A stamp of the listings while the log is empty: rows loaded past it count as well."""
    if position:
        return ()
    published = Organization.objects.published()
    return tuple(published.aggregate(Count("pk"), Max("pk"), Max("updated_at")).values())


def _apply(state: _State, news: list[tuple]) -> None:
    index = state.index
    changed = {row[-1] for row in news}
    delta.apply(index, changed, listings_of(changed, index.gazetteer))
    if not index.postings.values("source") <= index.sources.keys():
        index.sources = _source_names()
    state.position, state.unlogged = news[-1], ()


def _made_anew(terms: Vocabulary, database: str) -> _State:
    """A new index. The place in the log is read first: what changes meanwhile is applied again."""
    global _phrases
    started = time.monotonic()
    last = Revision.objects.newest_first().values_list(*LOG_COLUMNS).first()
    position = tuple(last) if last else ()
    unlogged = _unlogged(position)
    if _phrases is None or _phrases.vocabulary is not terms:
        _phrases = phrases_of(terms)
    gazetteer = Gazetteer()
    builder = Builder(_phrases, gazetteer, timezone.localdate())
    for listing in all_listings(gazetteer):
        builder.add(listing)
    index = builder.finish(_source_names())
    taken = time.monotonic() - started
    logger.info("search index built: %d listings in %.1f s", len(index), taken)
    return _State(index, database, position, unlogged, terms, timezone.localdate())


def _source_names() -> dict[str, str]:
    return dict(Source.objects.values_list("code", "name"))

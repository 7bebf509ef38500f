"""The index of this process, always as new as the log.

Before every search one query reads the log from the last change that the index knows. Normally
that one change comes back alone. Anything newer is applied at once, so that a write is visible to
the next search in every process. If the known change is not there any more, or is another one, the
database was swapped, restored or rolled back: the index is opened or made anew.

A small directory's index is made in memory; that of a large one is a segment on disk (see
`segments`), of which a newer one is opened beside the searches and then takes its place.

A search holds a lock: threads share one index and processes, not threads, carry load.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from directory.models import Vocabulary, vocabulary
from directory.search import delta
from directory.search.building import index_in_memory, source_names
from directory.search.index import Index
from directory.search.log import Position, last_position, news_after, unlogged_stamp
from directory.search.opening_segments import Opened, Opener
from directory.search.phrases import Phrases, phrases_of
from directory.search.reading import listings_of
from directory.search.rebuilding import SearchIsBeingBuilt, ask_for_build, is_small
from directory.search.segments import database_name, folder_of_database

logger = logging.getLogger(__name__)

CHANGES_MAX = 4_000  # Listings entered after an index in memory was made before it is made anew.
# Changes that one search takes in where thousands wait (after an import): the rest follows with the
# next ones. Up to which the answer is right, its `sequence` says.
CHANGES_AT_ONCE = 1_000


@dataclass
class _State:
    index: Index
    database: str
    position: Position  # of the last change that is in the index
    unlogged: list  # what is known of rows where the log is empty
    vocabulary: Vocabulary
    built_on: str  # the day, as ISO 8601
    stored: Opened | None = None  # the segment; None for an index in memory

    def fits(self, terms: Vocabulary, database: str) -> bool:
        """Whether it is of this database and, made in a moment as it is, of this vocabulary."""
        return self.database == database and (self.stored is not None or self.vocabulary is terms)


_lock = threading.RLock()
_state: _State | None = None
_phrases: Phrases | None = None
_opener = Opener()


@contextmanager
def current() -> Iterator[tuple[Index, int]]:
    """The index as it must be now, and the place in the log it has reached; held until the end.

    Raises SearchIsBeingBuilt where a large directory has no index yet.
    """
    with _lock:
        state = _up_to_date()
        yield state.index, state.position[0] if state.position else 0


def _up_to_date() -> _State:
    global _state
    terms, database = vocabulary(), database_name()
    if _state is None or not _state.fits(terms, database):
        _state = _opened_or_made(terms, database)
    elif _state.stored is not None:
        _state = _newer_segment(_state, terms)
    if not _follow(_state):
        _state = _opened_or_made(terms, database)
        _follow(_state)
    if _state.stored is not None or len(_state.index) > settings.SEARCH_IN_MEMORY_MAX:
        _keep_young(_state, terms)
    return _state


def _follow(state: _State) -> bool:
    """Apply what is new in the log; whether the index can be brought up to date at all."""
    is_stored = state.stored is not None
    today = timezone.localdate().isoformat()
    if not is_stored and state.built_on != today:
        return False  # At midnight checks grow old and stop holding.
    most = CHANGES_AT_ONCE if is_stored else CHANGES_MAX + 1
    news = news_after(state.position, most)
    if news is None or state.unlogged != unlogged_stamp(state.position, is_quick=is_stored):
        return False
    if news:
        if not is_stored and len(news) + state.index.changes > CHANGES_MAX:
            return False
        _apply(state, news)
    elif state.built_on != today:
        state.index.cache.clear()  # Checks that held until yesterday hold no more.
        state.built_on = today
    return True


def _apply(state: _State, news: list[Position]) -> None:
    index = state.index
    changed = {row[-1] for row in news}
    delta.apply(index, changed, listings_of(changed, index.gazetteer))
    if not index.postings.values("source") <= index.sources.keys():
        index.sources = source_names()
    state.position, state.unlogged = news[-1], []


def _opened_or_made(terms: Vocabulary, database: str) -> _State:
    """The index of a segment that fits, or one made here. Raises SearchIsBeingBuilt."""
    if is_small():
        return _made_anew(terms, database)
    folder = folder_of_database()
    opened = _opener.open(folder, _phrases_of(terms))
    if opened is not None:
        state = _state_of(opened, terms, database)
        is_known = news_after(state.position, 1) is not None
        if is_known and state.unlogged == unlogged_stamp(state.position, is_quick=True):
            return state
    ask_for_build(folder)
    raise SearchIsBeingBuilt


def _newer_segment(state: _State, terms: Vocabulary) -> _State:
    """The state itself, or that of a segment which was opened since it took its place."""
    opened = _opener.newer_than(state.stored, folder_of_database(), lambda: _phrases_of(terms))
    if opened is None:
        return state
    newer = _state_of(opened, terms, state.database)
    return newer if news_after(newer.position, 1) is not None else state


def _state_of(opened: Opened, terms: Vocabulary, database: str) -> _State:
    return _State(
        opened.index, database, opened.position, opened.unlogged, terms, opened.built_on, opened
    )


def _keep_young(state: _State, terms: Vocabulary) -> None:
    """Ask for another segment where this one is old: by changes, by days, by its vocabulary."""
    is_old = state.stored is None or state.index.changes > settings.SEARCH_CHANGES_MAX
    if not is_old:
        is_old = state.stored.is_older_than(settings.SEARCH_INDEX_DAYS_MAX)
    if is_old or not state.stored.has_vocabulary(terms):
        ask_for_build(folder_of_database())


def _phrases_of(terms: Vocabulary) -> Phrases:
    global _phrases
    if _phrases is None or _phrases.vocabulary is not terms:
        _phrases = phrases_of(terms)
    return _phrases


def _made_anew(terms: Vocabulary, database: str) -> _State:
    """A new index. The place in the log is read first: what changes meanwhile is applied again."""
    started = time.monotonic()
    position = last_position()
    unlogged = unlogged_stamp(position, is_quick=False)
    today = timezone.localdate()
    index = index_in_memory(_phrases_of(terms), today)
    taken = time.monotonic() - started
    logger.info("search index made: %d listings in %.1f s", len(index), taken)
    return _State(index, database, position, unlogged, terms, today.isoformat())

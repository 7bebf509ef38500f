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
from directory.search.log import Position, last_position, news_after, rows_from, unlogged_stamp
from directory.search.opening_segments import Opened, Opener
from directory.search.phrases import Phrases, phrases_of
from directory.search.reading import listings_of
from directory.search.rebuilding import SearchIsBeingBuilt, ask_for_build, is_small
from directory.search.segments import database_name, folder_of_database, stamp_of

logger = logging.getLogger(__name__)

CHANGES_MAX = 4_000  # Listings entered after an index in memory was made before it is made anew.
# Changes that one search takes in: a third of a second. Where more wait (a file is being imported,
# a thousand listings a second), nobody shall wait for all of them: one search in a second takes in
# a few, and the rest comes with the next segment, which is asked for. Up to which the answer is
# right, its `sequence` says.
CHANGES_AT_ONCE, CHANGES_FAR_BEHIND, SECONDS_FAR_BEHIND = 200, 20, 1.0


@dataclass
class _State:
    index: Index
    database: str
    position: Position  # of the last change that is in the index
    unlogged: list  # what is known of rows where the log is empty
    vocabulary: Vocabulary
    built_on: str  # the day, as ISO 8601
    stored: Opened | None = None  # the segment; None for an index in memory
    is_read: bool = False  # whether `position` is the row itself, as `rows_from` gives it
    is_far_behind: bool = False  # whether more changes wait than one search takes in
    taken_in_at: float = 0.0  # seconds of the system's clock

    def fits(self, terms: Vocabulary, database: str) -> bool:
        """Whether it is of this database and, made in a moment as it is, of this vocabulary."""
        return self.database == database and (self.stored is not None or self.vocabulary is terms)


_lock = threading.RLock()
_state: _State | None = None
_phrases: Phrases | None = None
_opener = Opener()


@contextmanager
def current(*, is_whole: bool = False) -> Iterator[tuple[Index, int]]:
    """The index as it must be now, and the place in the log it has reached; held until the end.

    `is_whole` takes in all changes that wait, however many, where others take in a few.
    Raises SearchIsBeingBuilt where a large directory has no index yet.
    """
    with _lock:
        state = _up_to_date()
        if is_whole:
            _take_in_all(state)
        yield state.index, state.position[0] if state.position else 0


def _up_to_date() -> _State:
    global _state
    terms, database = vocabulary(), database_name()
    if _state is None or not _state.fits(terms, database):
        _state = _opened_or_made(terms, database)
    elif _state.stored is not None:
        _state = _newer_segment(_state, terms)
    elif len(_state.index) > settings.SEARCH_IN_MEMORY_MAX:
        _state = _from_segment(terms, database) or _state
    if not _follow(_state):
        _state = _opened_or_made(terms, database)
        _follow(_state)
    if _state.stored is not None or len(_state.index) > settings.SEARCH_IN_MEMORY_MAX:
        _keep_young(_state, terms)
    return _state


def _follow(state: _State) -> bool:
    """Apply what is new in the log; whether the index can be brought up to date at all."""
    is_stored = state.stored is not None
    news = _news(state)
    if news is None:
        return False
    state.is_far_behind = is_stored and len(news) > CHANGES_AT_ONCE
    if (today := timezone.localdate().isoformat()) != state.built_on:
        # Checks that held until yesterday hold no more, and some have grown old: an index that is
        # made in a moment is made anew, the next segment is made today.
        if not is_stored and len(state.index) <= settings.SEARCH_IN_MEMORY_MAX:
            return False
        state.index.cache.clear()
        state.built_on = today
    if news:
        if not is_stored and len(news) + state.index.changes > CHANGES_MAX:
            return False
        _take_in(state, news)
    return True


def _take_in(state: _State, news: list[Position]) -> None:
    """Apply the changes, or where very many wait some of them now and then."""
    if not state.is_far_behind:
        _apply(state, news)
    elif time.monotonic() - state.taken_in_at >= SECONDS_FAR_BEHIND:
        _apply(state, news[:CHANGES_FAR_BEHIND])
        state.taken_in_at = time.monotonic()


def _take_in_all(state: _State) -> None:
    """Apply all changes that wait, as many at once as the log tells."""
    while state.is_far_behind:
        news = _news(state) or []
        if news:
            _apply(state, news)
        state.is_far_behind = len(news) > CHANGES_AT_ONCE


def _news(state: _State) -> list[Position] | None:
    """Changes that are not in the index; None if the one it knows is not in the log any more."""
    is_stored = state.stored is not None
    most = (CHANGES_AT_ONCE if is_stored else CHANGES_MAX) + 1
    rows = rows_from(state.position, most)
    if not state.is_read:
        is_known = news_after(state.position, 1) is not None
        if not is_known or state.unlogged != unlogged_stamp(state.position, is_quick=is_stored):
            return None
        if not state.position:
            return rows[:most]
        if rows:
            state.position, state.is_read = rows[0], True
    return rows[1:] if rows and rows[0] == state.position else None


def _apply(state: _State, news: list[Position]) -> None:
    index = state.index
    changed = {row[-1] for row in news}
    delta.apply(index, changed, listings_of(changed, index.gazetteer))
    if not index.postings.values("source") <= index.sources.keys():
        index.sources = source_names()
    state.position, state.unlogged, state.is_read = news[-1], [], True


def _opened_or_made(terms: Vocabulary, database: str) -> _State:
    """The index of a segment that fits, or one made here. Raises SearchIsBeingBuilt."""
    if is_small():
        return _made_anew(terms, database)
    state = _from_segment(terms, database)
    if state is None:
        ask_for_build(folder_of_database())
        raise SearchIsBeingBuilt
    return state


def _from_segment(terms: Vocabulary, database: str) -> _State | None:
    """The current segment, if there is one that belongs to the log as it is."""
    opened = _opener.open(folder_of_database(), _phrases_of(terms))
    return None if opened is None else _state_of(opened, terms, database)


def _newer_segment(state: _State, terms: Vocabulary) -> _State:
    """The state itself, or that of a segment which was opened since it took its place."""
    opened = _opener.newer_than(state.stored, folder_of_database(), lambda: _phrases_of(terms))
    return state if opened is None else _state_of(opened, terms, state.database)


def _state_of(opened: Opened, terms: Vocabulary, database: str) -> _State:
    return _State(
        opened.index, database, opened.position, opened.unlogged, terms, opened.built_on, opened
    )


def _keep_young(state: _State, terms: Vocabulary) -> None:
    """Ask for another segment where the current one is old: by changes, days or vocabulary."""
    folder, stored = folder_of_database(), state.stored
    stamp = stamp_of(folder)
    if stored is not None and stamp not in {None, stored.stamp}:
        # A newer one is there and will be open in a moment, unless it is of no use to anyone.
        if _opener.is_lost(folder, stamp):
            ask_for_build(folder)
        return
    if (
        stored is None
        or state.is_far_behind
        or state.index.changes > settings.SEARCH_CHANGES_MAX
        or stored.is_older_than(settings.SEARCH_INDEX_DAYS_MAX)
        or not stored.has_vocabulary(terms)
    ):
        ask_for_build(folder)


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

"""Opening segments: the first at once, a newer one beside the searches."""

import datetime
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from directory.models import Vocabulary
from directory.search.allocation import keep_memory
from directory.search.arrays import Damaged, Newer, open_arrays
from directory.search.fingerprints import fingerprint_of
from directory.search.index import Index
from directory.search.log import Position, is_followed, position_of_text
from directory.search.phrases import Phrases
from directory.search.segments import current_segment, stamp_of

logger = logging.getLogger(__name__)


@dataclass
class Opened:
    """A segment in use: its index, and what it was built from."""

    index: Index
    stamp: tuple[int, ...]
    position: Position
    unlogged: list
    built_on: str
    vocabulary: str
    known: tuple[Vocabulary, bool] | None = None

    def is_older_than(self, days: int) -> bool:
        """Whether it was built so many days ago: what is stale is told by the day."""
        age = timezone.localdate() - datetime.date.fromisoformat(self.built_on)
        return age.days >= days

    def has_vocabulary(self, terms: Vocabulary) -> bool:
        """Whether it was built with this vocabulary."""
        if self.known is None or self.known[0] is not terms:
            self.known = (terms, fingerprint_of(terms) == self.vocabulary)
        return self.known[1]


@dataclass(frozen=True)
class Refused:
    """A segment of no use here, which nobody shall read whole a second time to learn that."""

    folder: Path
    stamp: tuple[int, ...]
    is_newer: bool = False  # written by a newer version, to which it is of use
    opened_at: tuple[Position, list] | None = None  # where it stands in a log that it does not fit


class Opener:
    """Opens each segment once; one that cannot be used is not read again."""

    def __init__(self) -> None:
        self._refused: Refused | None = None
        self._ready: Opened | None = None
        self._thread: threading.Thread | None = None

    def open(self, folder: Path, phrases: Phrases) -> Opened | None:
        """The current segment; None if there is none that can be used."""
        stamp = stamp_of(folder)
        if stamp is None or self._is_refused(folder, stamp):
            return None
        return self._fitting(folder, self._read(folder, phrases))

    def is_lost(self, folder: Path, stamp: tuple[int, ...]) -> bool:
        """Whether the segment of this stamp was found to be of no use to anyone."""
        refused = self._refused_as(folder, stamp)
        return refused is not None and not refused.is_newer

    def _read(self, folder: Path, phrases: Phrases) -> Opened | None:
        stamp = stamp_of(folder)
        if stamp is None:
            return None
        started = time.monotonic()
        try:
            opened = _opened(folder, stamp, phrases)
        except Damaged as error:
            if stamp_of(folder) != stamp:
                return self._read(folder, phrases)  # Another took its place meanwhile.
            logger.warning("search index cannot be used: %s", error)
            self._refused = Refused(folder, stamp, is_newer=isinstance(error, Newer))
            return None
        taken = time.monotonic() - started
        logger.info("search index opened: %d listings in %.1f s", len(opened.index), taken)
        return opened

    def newer_than(
        self, held: Opened, folder: Path, phrases: Callable[[], Phrases]
    ) -> Opened | None:
        """A segment that became current after the one held, once it is open; until then None."""
        stamp = stamp_of(folder)
        if stamp is None or stamp == held.stamp:
            return None
        if self._thread is not None and not self._thread.is_alive():
            self._thread = None
            ready, self._ready = self._ready, None
            if ready is not None and ready.stamp == stamp:
                return self._fitting(folder, ready)
        if self._thread is None and not self._is_refused(folder, stamp):
            self._thread = threading.Thread(
                target=self._prepare, args=(folder, phrases()), daemon=True
            )
            self._thread.start()
        return None

    def _prepare(self, folder: Path, phrases: Phrases) -> None:
        self._ready = self._read(folder, phrases)

    def _fitting(self, folder: Path, opened: Opened | None) -> Opened | None:
        """The segment if it fits the log, which only the thread of a search can look at."""
        if opened is None or is_followed(opened.position, opened.unlogged):
            return opened
        logger.warning("search index cannot be used: the log does not go on from where it ends")
        where = (opened.position, opened.unlogged)
        self._refused = Refused(folder, opened.stamp, opened_at=where)
        return None

    def _is_refused(self, folder: Path, stamp: tuple[int, ...]) -> bool:
        """Whether it is known to be of no use. The log may come to fit again: a database that was
        restored to yesterday may be restored to today, so the log is asked, and not the file."""
        refused = self._refused_as(folder, stamp)
        if refused is None:
            return False
        if refused.opened_at is not None and is_followed(*refused.opened_at):
            self._refused = None
            return False
        return True

    def _refused_as(self, folder: Path, stamp: tuple[int, ...]) -> Refused | None:
        refused = self._refused
        is_it = refused is not None and (refused.folder, refused.stamp) == (folder, stamp)
        return refused if is_it else None


def _opened(folder: Path, stamp: tuple[int, ...], phrases: Phrases) -> Opened:
    arrays, facts = open_arrays(current_segment(folder))
    keep_memory()
    try:
        return Opened(
            index=Index(arrays, facts, phrases),
            stamp=stamp,
            position=position_of_text(facts["position"]),
            unlogged=facts["unlogged"],
            built_on=facts["built_on"],
            vocabulary=facts["vocabulary"],
        )
    except (KeyError, ValueError) as error:
        raise Damaged(f"the segment lacks {error}") from error

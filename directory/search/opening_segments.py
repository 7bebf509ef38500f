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
from directory.search.arrays import Damaged, open_arrays
from directory.search.fingerprints import fingerprint_of
from directory.search.index import Index
from directory.search.log import Position, position_of_text
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


class Opener:
    """Opens each segment once; one that is damaged is not tried again."""

    def __init__(self) -> None:
        self._refused: tuple[Path, tuple[int, ...] | None] | None = None
        self._ready: Opened | None = None
        self._thread: threading.Thread | None = None

    def open(self, folder: Path, phrases: Phrases) -> Opened | None:
        """The current segment; None if there is none that can be used."""
        stamp = stamp_of(folder)
        if stamp is None or self._refused == (folder, stamp):
            return None
        started = time.monotonic()
        try:
            opened = _opened(folder, stamp, phrases)
        except Damaged as error:
            if stamp_of(folder) != stamp:
                return self.open(folder, phrases)  # Another took its place meanwhile.
            logger.warning("search index cannot be used: %s", error)
            self._refused = (folder, stamp)
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
                return ready
        if self._thread is None and self._refused != (folder, stamp):
            self._thread = threading.Thread(
                target=self._prepare, args=(folder, phrases()), daemon=True
            )
            self._thread.start()
        return None

    def _prepare(self, folder: Path, phrases: Phrases) -> None:
        self._ready = self.open(folder, phrases)


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

"""How long it takes to compare N listings with N listings: invented ones, in memory."""

import time
from typing import Any

from directory.management.benchmarks import machine
from directory.management.progress import Progress
from directory.management.synthetic.ground import ground
from directory.management.synthetic.listing import entries
from directory.search.matching import Matcher, profile_of

LISTINGS_BETWEEN_WORDS = 1_000  # About a second.


def blocking_figures(count: int, stderr: Any) -> dict[str, float]:
    """Seconds to load so many listings and to compare each with all others, and the memory.

    Raises NothingToStandOn where the gazetteer or the vocabulary is not loaded.
    """
    listed = entries(ground(), seed=1, first=0, last=count)
    before = machine.memory()["resident_mb"] or 0.0
    started = time.perf_counter()
    matcher = Matcher.of((key, profile_of(one.document)) for key, one in enumerate(listed))
    loaded = time.perf_counter() - started
    resident = (machine.memory()["resident_mb"] or 0.0) - before
    started, spent, found = time.perf_counter(), time.process_time(), 0
    with Progress("Listings compared", count, stderr) as progress:
        for key, matches in matcher.each():
            found += len(matches)
            if key % LISTINGS_BETWEEN_WORDS == 0:
                progress(key)
    compared, spent = time.perf_counter() - started, time.process_time() - spent
    return {
        "listings": count,
        "load_seconds": round(loaded, 1),
        "compare_seconds": round(compared, 1),
        "cpu_milliseconds_a_listing": round(1_000 * spent / max(count, 1), 3),
        "pairs_told": found,
        "memory_mb": round(resident, 1),
        "bytes_a_listing": round(1_000_000 * resident / max(count, 1)),
    }

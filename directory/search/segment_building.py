"""Building a segment with several processes.

Each takes some thousands of listings after the other and writes a part; then each merges blocks of
postings of all parts; this process puts the segment together.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from directory.models import Organization, vocabulary
from directory.search.arrays import Arrays, FileArrays, open_arrays
from directory.search.building import source_names
from directory.search.fingerprints import fingerprint_of
from directory.search.gazetteer import Gazetteer
from directory.search.kinds import Block, postings_of, stored_block
from directory.search.log import last_position, position_as_text, unlogged_stamp
from directory.search.merging import NAMES_READ, blocks_here, merge
from directory.search.numbering import Numbering
from directory.search.parts import Part, PartBuilder
from directory.search.phrases import Phrases, phrases_of
from directory.search.reading import all_listings
from directory.search.segments import building, make_current
from directory.search.workers import workers

LISTINGS_OF_PART = 25_000  # About 60 MB in the process that takes them in.
SHARE_OF_READING = 0.75  # Of the time of a build, for the progress shown.
ROWS_AT_ONCE = 50_000

Progress = Callable[[int], Any]


@dataclass(frozen=True)
class Task:
    """A part to be made: the listings with row ids after `first` up to `last`."""

    folder: Path
    first: int
    last: int
    count: int
    names_read: int


def build_segment(folder: Path, processes: int, progress: Progress = lambda done: None) -> Path:
    """Build a segment of the listings as they are now and make it the current one; its folder.

    `progress` is told how many of 100 parts of the work are done. Raises Busy.
    """
    with building(folder) as place:
        facts = _facts_before()
        _kept.forget()
        tasks = _tasks(place)
        with workers(processes) as pool:
            parts = list(_parts(tasks, pool, progress))
            segment = place / "segment"
            segment.mkdir()
            sink = FileArrays(segment)

            def made(*work: Any) -> Iterable[tuple[Block, Arrays]]:
                return _blocks(place, pool, progress, *work)

            terms = vocabulary()
            facts |= merge(parts, phrases_of(terms), Gazetteer(), sink, made)
        sink.finish(facts)
        progress(100)
        return make_current(folder, segment)


def _facts_before() -> dict[str, Any]:
    """What is read first, so that whatever changes meanwhile is applied again from the log."""
    position = last_position()
    return {
        "position": position_as_text(position),
        "unlogged": unlogged_stamp(position, is_quick=True),
        "vocabulary": fingerprint_of(vocabulary()),
        "built_on": timezone.localdate().isoformat(),
        "sources": source_names(),
    }


def _tasks(place: Path) -> list[Task]:
    """Parts of LISTINGS_OF_PART listings."""
    rows = Organization.objects.published().order_by("pk").values_list("pk", flat=True)
    tasks: list[Task] = []
    first, count, last = 0, 0, 0

    def close() -> None:
        taken = len(tasks) * LISTINGS_OF_PART
        folder = place / f"part-{len(tasks):05}"
        tasks.append(Task(folder, first, last, count, max(0, NAMES_READ - taken)))

    for pk in rows.iterator(chunk_size=ROWS_AT_ONCE):
        count, last = count + 1, pk
        if count == LISTINGS_OF_PART:
            close()
            first, count = last, 0
    if count or not tasks:
        close()
    return tasks


def _parts(tasks: list[Task], pool: Executor | None, progress: Progress) -> Iterator[Part]:
    made = map(_make_part, tasks) if pool is None else pool.map(_make_part, tasks)
    done, total = 0, max(sum(task.count for task in tasks), 1)
    for task, _made in zip(tasks, made, strict=True):
        done += task.count
        progress(round(100 * SHARE_OF_READING * done / total))
        yield _open_part(task.folder)


def _blocks(
    place: Path,
    pool: Executor | None,
    progress: Progress,
    parts: list[Part],
    numbering: Numbering,
    blocks: list[Block],
) -> Iterable[tuple[Block, Arrays]]:
    """The stored postings of every block; where processes share the work it begins at once."""
    if pool is None:
        return blocks_here(parts, numbering, blocks)
    _write_numbering(place / "numbering", numbering)
    folders = [place / f"block-{number:05}" for number in range(len(blocks))]
    made = zip(blocks, folders, pool.map(_make_block, blocks, folders), strict=True)

    def taken() -> Iterator[tuple[Block, Arrays]]:
        for done, (block, folder, _made) in enumerate(made, 1):
            progress(round(100 * (SHARE_OF_READING + 0.15 * done / len(blocks))))
            yield block, open_arrays(folder, is_checked=False)[0]

    return taken()


# ---- In the worker processes -----------------------------------------------------------------


@dataclass
class _Kept:
    """What a worker keeps from task to task."""

    phrases: Phrases | None = None
    gazetteer: Gazetteer | None = None
    parts: list[Part] | None = None
    numbering: Numbering | None = None

    def forget(self) -> None:
        """Start over: what one build keeps is nothing for the next in the same process."""
        self.phrases = self.gazetteer = self.parts = self.numbering = None


_kept = _Kept()


def _make_part(task: Task) -> None:
    if _kept.phrases is None:
        _kept.phrases, _kept.gazetteer = phrases_of(vocabulary()), Gazetteer()
    builder = PartBuilder(_kept.phrases, timezone.localdate(), task.names_read)
    for listing in all_listings(_kept.gazetteer, task.first, task.last):
        builder.add(listing)
    part = builder.finish()
    task.folder.mkdir()
    sink = FileArrays(task.folder)
    sink.add_all(part.arrays)
    sink.finish(part.facts)


def _make_block(block: Block, folder: Path) -> None:
    if _kept.parts is None:
        place = folder.parent
        _kept.parts = [_open_part(path) for path in sorted(place.glob("part-*"))]
        arrays, facts = open_arrays(place / "numbering", is_checked=False)
        _kept.numbering = Numbering(arrays["number_of"], arrays["order"], facts["firsts"])
    folder.mkdir()
    sink = FileArrays(folder)
    sink.add_all(stored_block(*postings_of(_kept.parts, _kept.numbering, block)))
    sink.finish({})


def _open_part(folder: Path) -> Part:
    arrays, facts = open_arrays(folder, is_checked=False)
    return Part(arrays, facts)


def _write_numbering(folder: Path, numbering: Numbering) -> None:
    folder.mkdir()
    sink = FileArrays(folder)
    sink.add_all({"number_of": numbering.number_of, "order": numbering.order})
    sink.finish({"firsts": numbering.firsts})

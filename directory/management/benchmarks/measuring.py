"""Measuring searches in this process: engines in turn, so that all meet the same machine."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db import OperationalError

from directory.actions import organizations
from directory.documents import document_of
from directory.management.benchmarks import bitmap, machine
from directory.management.benchmarks.asking import Asked
from directory.management.benchmarks.capping import capped
from directory.management.benchmarks.timing import Times, geometric_mean, requests_per_second
from directory.models import Door, Organization
from directory.search import engine

BASELINE_VARIANTS = 5  # One answer of theirs may take a minute.
STATEMENT_SECONDS_MAX = 120.0  # Nobody waits longer for a part of a page.

Answer = Callable[[Asked], Any]


def warmed(questions: dict[str, list[Asked]]) -> dict[str, Any]:
    """Load the index and answer every question once: how long loading took, and the memory then.

    What is measured afterwards is a process that has been at work, its part of the index in memory.
    """
    started = time.perf_counter()
    count = engine.total()
    loaded = time.perf_counter() - started
    for _shape, asked in _woven(questions):
        bitmap.answer(asked)
    return {"load_seconds": round(loaded, 3), "published": count, "memory": machine.memory()}


def in_turn(
    engines: dict[str, Answer],
    questions: dict[str, list[Asked]],
    *,
    seconds: float,
    progress: Callable[[int], Any],
) -> dict[str, dict[str, Times]]:
    """Times by engine and shape. Ours answers every variant; the others a few, until their time
    for that shape is spent, between ours."""
    found = {name: {shape: Times() for shape in questions} for name in engines}
    for done, (shape, asked) in enumerate(_woven(questions), start=1):
        for name, answer in engines.items():
            times = found[name][shape]
            if name == bitmap.NAME:
                bitmap.forget_answers()
                times.measure(partial(answer, asked))
            elif times.total < seconds and len(times.seconds) < BASELINE_VARIANTS:
                _measure_capped(times, partial(answer, asked))
        progress(done)
    return found


def _measure_capped(times: Times, work: Callable[[], Any]) -> None:
    """A question that is never answered counts for as long as it was waited for."""
    try:
        with capped(STATEMENT_SECONDS_MAX):
            times.measure(work)
    except OperationalError:
        times.cut_off += 1


def _woven(questions: dict[str, list[Asked]]) -> Iterator[tuple[str, Asked]]:
    """The first variant of every shape, then the second of every shape, …"""
    for variants in zip(*questions.values(), strict=True):
        yield from zip(questions, variants, strict=True)


def told(found: dict[str, dict[str, Times]]) -> dict[str, Any]:
    """Summaries by engine and shape, and how many times as long the others took."""
    engines = {
        name: {
            "shapes": {shape: times.summary() for shape, times in shapes.items()},
            "requests_per_second": round(requests_per_second(shapes), 2),
        }
        for name, shapes in found.items()
    }
    ours = found[bitmap.NAME]
    ratios = {
        name: {shape: times.at(0.5) / ours[shape].at(0.5) for shape, times in shapes.items()}
        for name, shapes in found.items()
        if name != bitmap.NAME
    }
    return {
        "engines": engines,
        "times_as_long": {
            name: {shape: round(ratio, 2) for shape, ratio in by_shape.items()}
            for name, by_shape in ratios.items()
        },
        "times_as_long_mean": {
            name: round(geometric_mean(list(by_shape.values())), 2)
            for name, by_shape in ratios.items()
        },
    }


def writes(count: int) -> dict[str, Any]:
    """How long after its transaction a changed listing is found changed, and the change itself.

    So many listings are changed and changed back.
    """
    saving, seeing = Times(), Times()
    for listing in islice(Organization.objects.published().order_by("pk"), count):
        loaded = Organization.objects.with_parts().get(pk=listing.pk)
        document = document_of(loaded)
        changed = document | {"summary": f"{document['summary'].rstrip('*')}*"[-300:]}
        for version in (changed, document):
            saving.measure(
                lambda version=version, listing=listing: organizations.edit(
                    listing, version, by=None, door=Door.COMMAND
                )
            )
            seeing.measure(engine.total)
    return {"visible": seeing.summary(), "write": saving.summary()}


def bandwidth(broad: Times) -> dict[str, Any]:
    """How far the broad word is from reading all facet postings once through memory."""
    size = bitmap.facet_bytes()
    seconds = machine.reading_seconds(size)
    return {
        "facet_postings_mb": round(size / machine.MEGABYTE, 2),
        "once_through_memory_ms": round(1000.0 * seconds, 3),
        "broad_word_times_as_long": round(broad.at(0.5) / (1000.0 * seconds), 1),
    }

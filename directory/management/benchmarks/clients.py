"""Several processes that search at once, each with the index open for itself."""

import json
import subprocess
import sys
import time
from functools import partial
from typing import Any

from directory.management.benchmarks import bitmap, machine
from directory.management.benchmarks.asking import ground, questions
from directory.management.benchmarks.databases import MANAGE
from directory.management.benchmarks.measuring import warmed
from directory.management.benchmarks.timing import Times
from directory.search import engine

VARIANTS = 20
GO = "go\n"


def together(count: int, seconds: float) -> dict[str, Any]:
    """Requests a second of the mix by so many processes of this database, started together."""
    command = [sys.executable, MANAGE, "benchmark", "search", "--here", "--client", str(seconds)]
    processes = [
        subprocess.Popen(  # noqa: S603 - ourselves
            [*command, "--seed", str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(1, count + 1)
    ]
    for process in processes:
        process.stdout.readline()  # It is ready.
    for process in processes:
        process.stdin.write(GO)
        process.stdin.flush()
    answers = [json.loads(process.communicate()[0].splitlines()[-1]) for process in processes]
    return {
        "requests_per_second": round(sum(a["count"] / a["seconds"] for a in answers), 1),
        "p95_ms": max(answer["p95_ms"] for answer in answers),
        "load_seconds": max(answer["load_seconds"] for answer in answers),
        "memory": answers[0]["memory"],
    }


def serve(seconds: float, seed: int) -> None:
    """Be one of the processes: say when ready, wait, ask all shapes equally, and tell the figures."""
    started = time.perf_counter()
    engine.total()
    loaded = time.perf_counter() - started
    asked = questions(ground(), variants=VARIANTS, seed=seed)
    warmed(asked)
    mix = [one for variants in zip(*asked.values(), strict=True) for one in variants]
    print("ready", flush=True)
    sys.stdin.readline()
    times, start, number = Times(), time.perf_counter(), 0
    while time.perf_counter() - start < seconds or number % len(asked):
        bitmap.forget_answers()
        times.measure(partial(bitmap.answer, mix[number % len(mix)]))
        number += 1
    figures = {
        "count": number,
        "seconds": time.perf_counter() - start,
        "p95_ms": times.summary()["p95_ms"],
        "load_seconds": round(loaded, 3),
        "memory": machine.memory(),
    }
    print(json.dumps(figures), flush=True)

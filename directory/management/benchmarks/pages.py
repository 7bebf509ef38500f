"""Whole pages and API calls through gunicorn on this machine, the load made on it as well."""

import http.client
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from directory.management.benchmarks.asking import Asked
from directory.management.benchmarks.timing import Times

HOST = "127.0.0.1"  # Load never leaves the machine.
WORKERS = 2
STARTING_SECONDS = 900  # An index of millions may have to be made first.
ANSWER_SECONDS = 60
REQUESTS_MAX = 20_000


class NotServed(Exception):
    """Gunicorn is not there, did not start, or answered with something else than a page."""


def addresses(questions: dict[str, list[Asked]], door: str) -> list[str]:
    """The questions as addresses behind a door, "pages" or "api", all shapes in turn."""
    path = reverse("organization-list" if door == "pages" else "api:organization-list")
    found = []
    for variants in zip(*questions.values(), strict=True):
        for asked in variants:
            if not asked.typed:
                found.append(f"{path}?{urlencode(parameters(asked))}")
            elif door == "api":
                found.append(f"{reverse('api:suggest')}?{urlencode({'q': asked.typed})}")
    return found


def parameters(asked: Asked) -> list[tuple[str, str]]:
    """The question as query parameters."""
    query = asked.query
    pairs = [("q", query.words), ("sort", query.sort)]
    pairs += [(facet, code) for facet, choice in query.facets.items() for code in choice.include]
    if query.near:
        pairs += [("near", query.near.place_path), ("radius", f"{query.radius_km:g}")]
    if query.box:
        box = query.box
        pairs.append(("bbox", f"{box.west:.4f},{box.south:.4f},{box.east:.4f},{box.north:.4f}"))
    pairs.append(("page", str(query.page) if query.page > 1 else ""))
    return [pair for pair in pairs if pair[1]]


@contextmanager
def served() -> Iterator[int]:
    """Gunicorn with this process's database; gives its port. Raises NotServed."""
    program = Path(sys.executable).with_name("gunicorn")
    if not program.exists() and shutil.which("gunicorn") is None:
        raise NotServed("gunicorn is not installed.")
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [program if program.exists() else "gunicorn", "solidarity.wsgi"]
    options = ["--bind", f"{HOST}:{port}", "--workers", str(WORKERS), "--log-level", "error"]
    process = subprocess.Popen(  # noqa: S603 - from our own environment
        [*command, *options, "--timeout", str(STARTING_SECONDS)],
        cwd=settings.BASE_DIR,
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    """Until every worker has answered a search: each has the index of its own to open."""
    deadline = time.monotonic() + STARTING_SECONDS
    answered = 0
    while answered < 4 * WORKERS:
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotServed("gunicorn did not start.")
        try:
            fetch(port, reverse("organization-list"), STARTING_SECONDS)
        except (OSError, NotServed):
            time.sleep(0.5)
        else:
            answered += 1


def fetch(port: int, address: str, timeout: float = ANSWER_SECONDS) -> int:
    """GET an address; how many bytes came. Raises NotServed for anything but 200."""
    link = http.client.HTTPConnection(HOST, port, timeout=timeout)
    try:
        link.request("GET", address)
        answer = link.getresponse()
        body = answer.read()
    finally:
        link.close()
    if answer.status != 200:
        raise NotServed(f"{address} answered {answer.status}.")
    return len(body)


def load(port: int, asked: list[str], *, clients: int, seconds: float) -> dict[str, Any]:
    """Requests a second, times and bytes with so many connections at once, for so long."""
    times, sizes, faults = Times(), [], []
    turns = iter(range(REQUESTS_MAX))
    lock = threading.Lock()
    start = time.perf_counter()

    def work() -> None:
        own = Times()
        is_first = True  # Each asks at least once, however late it comes to it.
        while (is_first or time.perf_counter() - start < seconds) and not faults:
            is_first = False
            with lock:
                turn = next(turns, None)
            if turn is None:
                break
            try:
                sizes.append(own.measure(lambda turn=turn: fetch(port, asked[turn % len(asked)])))
            except (OSError, NotServed) as fault:
                faults.append(fault)
        with lock:
            times.seconds += own.seconds

    threads = [threading.Thread(target=work) for _number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise NotServed(str(faults[0]))
    taken = time.perf_counter() - start
    figures = times.summary() | {"requests_per_second": round(len(sizes) / taken, 1)}
    return figures | {"mean_bytes": round(sum(sizes) / len(sizes))}

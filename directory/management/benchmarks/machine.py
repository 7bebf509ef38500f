"""The machine: its memory, how fast it is read, and what else matters to a figure."""

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django
import numpy as np
from django.db import connection

MEGABYTE = 1_000_000
BEYOND_CACHES = 512 * MEGABYTE  # Bytes: servers have up to some hundred of third-level cache.
PROCESSES = Path("/proc")
STATUS = PROCESSES / "self/status"
SMAPS = PROCESSES / "self/smaps_rollup"
LOOK_SECONDS = 0.1


def about() -> dict[str, Any]:
    """What figures of another machine must be compared with."""
    return {
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": connection.vendor,
        "load_at_start": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def memory() -> dict[str, float | None]:
    """Megabytes of this process: resident, in proportion (of what several share each its part),
    private, and the most it ever had resident.

    None where the system does not tell. Private is what is not a page of a file: pages of the
    mapped index are resident once they were read, but shared by all processes of the host, and let
    go where memory is wanted for something else.
    """
    status, smaps = _kilobytes(STATUS), _kilobytes(SMAPS)
    return {
        "resident_mb": _megabytes(status.get("VmRSS")),
        "proportional_mb": _megabytes(smaps.get("Pss")),
        "private_mb": _megabytes(smaps.get("Anonymous")),
        "peak_mb": _megabytes(status.get("VmHWM")),
    }


def run(arguments: list[Any], variables: dict[str, str] | None = None) -> dict[str, float]:
    """Run a command to its end, its output unseen: seconds, also of processors, and its memory.

    `peak_mb` is the most that it and the processes that it started had together, what they share
    counted once, looked at ten times a second; and not less than the largest of them ever had.
    Raises subprocess.CalledProcessError.
    """
    started, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(arguments, env=variables, stdout=subprocess.DEVNULL)  # noqa: S603
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        peak = max(peak, _together(process.pid))
        time.sleep(LOOK_SECONDS)
    seconds = time.perf_counter() - started
    _pid, status, used = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    alone = used.ru_maxrss * 1024 / MEGABYTE
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": round(max(peak, alone), 1),
    }


def _together(pid: int) -> float:
    """Megabytes of a process and all that it started, each its part of what is shared."""
    own = PROCESSES / str(pid)
    try:
        found = _megabytes(_kilobytes(own / "smaps_rollup").get("Pss")) or 0.0
        started = " ".join(file.read_text() for file in own.glob("task/*/children"))
    except OSError:  # It has just ended.
        return 0.0
    return found + sum(_together(int(each)) for each in started.split())


def _kilobytes(file: Path) -> dict[str, int]:
    if not file.exists():
        return {}
    rows = re.findall(r"^(\w+):\s+(\d+) kB", file.read_text(), re.MULTILINE)
    return {name: int(number) for name, number in rows}


def _megabytes(kilobytes: int | None) -> float | None:
    return None if kilobytes is None else round(kilobytes * 1024 / MEGABYTE, 1)


def reading_seconds(size: int, times: int = 7) -> float:
    """The least time in which so many bytes go once through memory.

    Measured on more than any processor's cache holds, since a few megabytes that are read again
    and again come from the cache, several times as fast.
    """
    numbers = np.ones(BEYOND_CACHES // 8, np.uint64)
    best = sys.float_info.max
    for _number in range(times):
        started = time.perf_counter()
        numbers.sum()
        best = min(best, time.perf_counter() - started)
    return best * size / BEYOND_CACHES

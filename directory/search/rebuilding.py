"""When the index on disk is built again, without anyone asking.

A process that finds no segment it can use, or an old one, starts `manage.py build_search_index` in
a process of its own: building in a thread would slow the answers of this one for minutes, and end
with it. The lock of the folder sees to it that one host builds once.
"""

import logging
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from directory.models import Organization
from directory.search.segments import is_being_built

logger = logging.getLogger(__name__)

ASKED, REPORT = "asked", "build.log"
SECONDS_BETWEEN = 30.0  # Between two tries of one host, lest a failing build be started endlessly.


class SearchIsBeingBuilt(Exception):
    """There is no index to search in yet; browsing the database is all that can be done."""

    retry_after = 30  # Seconds after which asking again makes sense.


_started: list[subprocess.Popen] = []


def is_small() -> bool:
    """Whether so few listings are published that the index is made in memory."""
    published = Organization.objects.published().order_by()
    most = settings.SEARCH_IN_MEMORY_MAX
    return not published.values("pk")[most : most + 1].exists()


def ask_for_build(folder: Path) -> None:
    """Start a build in the background unless one runs or was just tried; never fails."""
    _started[:] = [process for process in _started if process.poll() is None]
    if not settings.SEARCH_BUILDS_ITSELF or _was_just_asked(folder) or is_being_built(folder):
        return
    try:
        _start_build(folder)
    except OSError:
        logger.exception("search index: no build could be started in %s", folder)


def _start_build(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ASKED).touch()
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "build_search_index"]
    with (folder / REPORT).open("wb") as report:
        started = subprocess.Popen(  # noqa: S603 - no word of it comes from outside
            [*command, "--background"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=report,
            stderr=report,
            start_new_session=True,
        )
    _started.append(started)
    logger.info("search index: a build was started (process %d)", started.pid)


def _was_just_asked(folder: Path) -> bool:
    try:
        asked_at = (folder / ASKED).stat().st_mtime
    except OSError:
        return False
    return abs(time.time() - asked_at) < SECONDS_BETWEEN

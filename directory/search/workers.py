"""Fresh processes that share work. They import nothing of the project before Django is ready.

Started anew ("spawn"): nothing of the process that asks is shared, its connections least of all.
"""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import django
from django.db import connection, connections


@contextmanager
def workers(processes: int) -> Iterator[Executor | None]:
    """A pool of so many processes; None where this one is to do the work alone."""
    if processes < 2:
        yield None
        return
    name = str(connection.settings_dict["NAME"])
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(name,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(database: str) -> None:
    """Make a process ready: Django, the same database, and an end with whoever started it."""
    django.setup()
    connections["default"].settings_dict["NAME"] = database
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)  # Listings are no circles; looking for them takes a fifth.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)

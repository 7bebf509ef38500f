"""An end to questions that would take a database for ever."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

STEPS_BETWEEN_LOOKS = 100_000  # Of SQLite's machine: some milliseconds.


@contextmanager
def capped(seconds: float) -> Iterator[None]:
    """Inside, a statement that takes longer ends as an OperationalError."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [round(1000 * seconds)])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
        return
    deadline = time.monotonic() + seconds
    connection.connection.set_progress_handler(
        lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS
    )
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)

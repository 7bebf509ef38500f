"""Several writers at the same moment."""

import threading

from django.db import connection

PATIENCE_SECONDS = 300  # Until each thread has begun, on a loaded machine.


def at_once(*works) -> list[Exception]:
    """Do all of these at the same moment; the exceptions they raised."""
    start, failures = threading.Barrier(len(works)), []

    def run(work) -> None:
        try:
            start.wait(timeout=PATIENCE_SECONDS)
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures

"""Reading many documents without looking for circles among them all the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

FEW = (200_000, 20, 100)  # Documents are no circles; looking for them takes a fifth of the time.


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Inside, this process collects garbage seldom: for commands and jobs, not for web processes."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*FEW)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()

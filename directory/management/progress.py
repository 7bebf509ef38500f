"""A progress bar for long commands."""

import sys
import time
from typing import Self, TextIO


class Progress:
    """Draws `Places  [#####.....]  52 %  12 s` on a terminal; one line at the end elsewhere."""

    WIDTH = 30
    SECONDS_BETWEEN = 0.2

    def __init__(self, label: str, total: int, stream: TextIO | None = None) -> None:
        self.label, self.total = label, max(total, 1)
        self.stream = stream or sys.stderr
        self.is_terminal = self.stream.isatty()
        self.started = self.drawn = time.monotonic()
        self.done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, *rest: object) -> None:
        if kind is None:
            self.done = self.total  # Which may have been guessed.
        self.draw()
        if self.is_terminal:
            self.stream.write("\n")

    def __call__(self, done: int) -> None:
        """Say how far it has come."""
        self.done = done
        if self.is_terminal and time.monotonic() - self.drawn > self.SECONDS_BETWEEN:
            self.draw()

    def draw(self) -> None:
        """Write the bar, over itself on a terminal."""
        self.drawn = time.monotonic()
        share = min(self.done / self.total, 1)
        bar = "#" * round(share * self.WIDTH)
        seconds = self.drawn - self.started
        line = f"{self.label:<24} [{bar:.<{self.WIDTH}}] {share:4.0%} {seconds:5.1f} s"
        self.stream.write(f"\r{line}" if self.is_terminal else f"{line}\n")
        self.stream.flush()

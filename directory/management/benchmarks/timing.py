"""Times of many answers, and what is told of them."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import exp, log
from statistics import fmean
from typing import Any


@dataclass
class Times:
    """Seconds that answers took."""

    seconds: list[float] = field(default_factory=list)
    cut_off: int = 0  # Answers that were not waited for: their times are lower bounds.

    def measure(self, work: Callable[[], Any]) -> Any:
        """Do the work, note how long it took, also if it fails, and give back its result."""
        started = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds.append(time.perf_counter() - started)

    @property
    def total(self) -> float:
        return sum(self.seconds)

    def at(self, share: float) -> float:
        """The time that this share of the answers stayed below, in ms (nearest rank)."""
        ordered = sorted(self.seconds)
        return 1000.0 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    def summary(self) -> dict[str, float]:
        """Median, 95th percentile and mean in ms, how many there were and were cut off."""
        return {
            "p50_ms": round(self.at(0.5), 3),
            "p95_ms": round(self.at(0.95), 3),
            "mean_ms": round(1000.0 * fmean(self.seconds), 3),
            "count": len(self.seconds),
            "cut_off": self.cut_off,
        }


def requests_per_second(shapes: Mapping[str, Times]) -> float:
    """Answers a second where all shapes are asked equally often, one after the other."""
    return 1.0 / fmean(fmean(times.seconds) for times in shapes.values())


def geometric_mean(numbers: list[float]) -> float:
    """The mean of ratios."""
    return exp(fmean(log(number) for number in numbers))

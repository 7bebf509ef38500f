"""Pages of a list: the envelope, and the same as Link headers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.request import Request

from directory.api.problems import NotFound


@dataclass(frozen=True)
class Page:
    """One page of a list of `total` rows. Rows past settings.RESULT_WINDOW stand on no page."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page that can be had; 1 for an empty list."""
        reachable = min(self.total, settings.RESULT_WINDOW)
        return max(1, min(math.ceil(reachable / self.size), settings.RESULT_WINDOW // self.size))

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        return self.start + self.size

    def check(self) -> None:
        """Raise NotFound where the list has ended before this page."""
        if self.number > self.last:
            raise NotFound(
                _("There is no page %(page)s: the list ends with page %(last)s.")
                % {"page": self.number, "last": self.last}
            )

    def links(self, request: Request) -> dict[str, str]:
        """Addresses by relation: first and last, and prev and next where they are."""
        numbers = {"first": 1, "prev": self.number - 1, "next": self.number + 1, "last": self.last}
        return {
            rel: self._address(request, number)
            for rel, number in numbers.items()
            if 1 <= number <= self.last
        }

    def _address(self, request: Request, number: int) -> str:
        query = request.query_params.copy()
        query["page"] = str(number)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def envelope(page: Page, links: dict[str, str], results: Sequence[Any]) -> dict[str, Any]:
    """The shape of every list: how many there are in all, the neighbouring pages, the rows."""
    return {
        "count": page.total,
        "next": links.get("next"),
        "previous": links.get("prev"),
        "results": results,
    }

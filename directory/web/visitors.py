"""Who looks at a page, as far as that can be told without following anybody."""

import re

from django.http import HttpRequest

ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|scrap|preview|monitor|curl|wget|python|http-?client", re.I
)


def is_by_a_visitor(request: HttpRequest) -> bool:
    """Whether somebody looks for something, as far as can be told: no robot, no editor."""
    agent = request.headers.get("User-Agent", "")
    is_person = bool(agent) and not ROBOTS.search(agent)
    is_fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return (
        request.method == "GET" and is_person and not is_fetched_ahead and not request.user.is_staff
    )

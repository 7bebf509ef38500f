"""Visiting the websites of listings, politely."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from directory.actions import links
from directory.exchange import outbound
from directory.models import LinkCheck

# A site that answers so is there, whatever it thinks of us; 404 and 410 say that a page is not.
MISSING = {404, 410}


def visit_websites() -> Iterator[LinkCheck]:
    """Visit what is due, LINK_CHECKS_PER_RUN at most; each is given out when its fate is noted."""
    due = LinkCheck.objects.due(timezone.now())
    for check in list(due[: settings.LINK_CHECKS_PER_RUN]):
        _visit(check)
        yield check


def _visit(check: LinkCheck) -> None:
    now = timezone.now()
    try:
        outbound.wait_for_turn(outbound.host_of(check.url))
        answer = _ask(check.url)
    except outbound.TooSoon as busy:
        until = now + datetime.timedelta(seconds=busy.seconds)
        links.put_off(check, until=until)
    except outbound.Refused as refusal:
        # Not the enterprise's fault, and no sign that it has closed.
        links.note_answer(check, answer=f"not visited: {refusal}", now=now)
    except outbound.Unreachable as failure:
        links.note_failure(check, answer=str(failure), now=now)
    else:
        is_there = answer.status < 500 and answer.status not in MISSING
        note = links.note_answer if is_there else links.note_failure
        note(check, answer=f"{answer.status}", now=now)


def _ask(url: str) -> outbound.Answer:
    """HEAD costs the host least; many hosts know only GET, of which the first byte will do."""
    answer = outbound.fetch(url, method="HEAD")
    if answer.status < 400:
        return answer
    return outbound.fetch(url, headers={"Range": "bytes=0-0"})

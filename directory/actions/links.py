"""Which websites are to be visited, and what became of each visit."""

import datetime

from django.conf import settings
from django.db.models import Q

from directory.models import LinkCheck, Organization, Revision
from directory.models.organization import ENDED

ANSWER_LENGTH_MAX = 200


def follow_websites(revisions: list[Revision]) -> None:
    """Keep the list of websites in step with the log: those of published, living listings."""
    changed = {revision.organization_id for revision in revisions}
    wanted = dict(
        Organization.objects.published()
        .filter(pk__in=changed)
        .exclude(Q(website="") | Q(lifecycle__in=ENDED))
        .values_list("pk", "website")
    )
    known = dict(
        LinkCheck.objects.filter(organization__in=changed).values_list("organization", "url")
    )
    left = [pk for pk, url in known.items() if wanted.get(pk) != url]
    LinkCheck.objects.filter(organization__in=left).delete()
    moment = max(revision.created_at for revision in revisions)
    LinkCheck.objects.bulk_create(
        LinkCheck(organization_id=pk, url=url, next_check_at=moment)
        for pk, url in wanted.items()
        if known.get(pk) != url
    )


def note_answer(check: LinkCheck, *, answer: str, now: datetime.datetime) -> None:
    """The website answered: whatever was wrong with it is over."""
    _note(check, answer, now, failures=0, failing_since=None, flagged_at=None)


def note_failure(check: LinkCheck, *, answer: str, now: datetime.datetime) -> None:
    """The website did not answer; flagged after some failures over some time, never at once."""
    since = check.failing_since or now
    failures = check.failures + 1
    has_lasted = now - since >= datetime.timedelta(days=settings.LINK_FAILING_DAYS)
    is_dead = failures >= settings.LINK_FAILURES_MAX and has_lasted
    flagged_at = check.flagged_at or (now if is_dead else None)
    _note(check, answer, now, failures=failures, failing_since=since, flagged_at=flagged_at)


def put_off(check: LinkCheck, *, until: datetime.datetime) -> None:
    """Visit it later: its host is to be left in peace for a moment."""
    _mine(check).update(next_check_at=until)


def _note(check: LinkCheck, answer: str, now: datetime.datetime, **values: object) -> None:
    days = settings.LINK_RETRY_DAYS if values["failures"] else settings.LINK_CHECK_DAYS
    _mine(check).update(
        checked_at=now,
        next_check_at=now + datetime.timedelta(days=days),
        last_answer=answer[:ANSWER_LENGTH_MAX],
        **values,
    )


def _mine(check: LinkCheck) -> object:
    """The row as long as it is still about this address."""
    return LinkCheck.objects.filter(pk=check.pk, url=check.url)

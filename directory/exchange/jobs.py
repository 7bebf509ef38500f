"""All background work of the directory, in one list. `manage.py work` runs it."""

import datetime
from collections.abc import Callable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.actions.ageing import age_listings
from directory.actions.duplicates import find_changed
from directory.actions.gaps import forget_old
from directory.actions.import_forgetting import forget_imports
from directory.actions.jobs import held_while
from directory.actions.links import follow_websites
from directory.actions.mail import forget_mail
from directory.actions.quality import look_again, look_at_all
from directory.actions.reminders import remind_all
from directory.actions.speaking import forget_unanswered
from directory.exchange.dumps.fresh import keep_fresh
from directory.exchange.imports import go_on_with_all
from directory.exchange.link_checks import visit_websites
from directory.exchange.mail import send_waiting
from directory.exchange.pulls import pull_due
from directory.exchange.work import MAIL, Work, following
from directory.models import Job, Organization, Revision
from directory.search.matching import Matcher
from directory.search.matching.loading import profiles

SECOND, MINUTE = datetime.timedelta(seconds=1), datetime.timedelta(minutes=1)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def _at_once(act: Callable[[datetime.datetime], object]) -> Callable[[Job], Iterator[object]]:
    """The work of a job that is one short transaction."""

    def run(job: Job) -> Iterator[object]:
        yield act(timezone.now())

    return run


def _duplicates(job: Job) -> Iterator[object]:
    """Compare listings that changed with all others.

    The matcher is loaded only if there are any, and outside of any transaction: it takes half a
    minute for 100,000 listings, and on SQLite whoever writes would wait so long and fail. The lease
    is kept meanwhile. What changes meanwhile is in the log, and is taken in from there.
    """
    if not Revision.objects.after(job.cursor).exists():
        return
    listed = profiles(Organization.objects.comparable())
    matcher = Matcher.of(held_while(job, listed))

    def compare(revisions: list[Revision]) -> None:
        find_changed(matcher, {revision.organization_id for revision in revisions})

    yield from following(compare)(job)


WORKS = (
    Work(MAIL, _("Send letters"), 5 * SECOND, lambda job: send_waiting()),
    Work(
        "websites", _("Note which websites listings have"), 5 * SECOND, following(follow_websites)
    ),
    Work("links", _("Visit the websites of listings"), 5 * MINUTE, lambda job: visit_websites()),
    Work("duplicates", _("Look for listings that are listed twice"), HOUR, _duplicates),
    Work("imports", _("Go on with imports"), 5 * SECOND, lambda job: go_on_with_all()),
    Work("pulls", _("Fetch files of sources"), 5 * MINUTE, lambda job: pull_due()),
    Work("old-imports", _("Forget rows of old imports"), DAY, _at_once(forget_imports)),
    Work("ageing", _("Mark listings that want a new look"), HOUR, lambda job: age_listings()),
    Work("reminders", _("Ask enterprises if all is right"), DAY, lambda job: remind_all()),
    Work("gaps", _("Forget old searches"), DAY, _at_once(lambda now: forget_old())),
    Work(
        "speaking",
        _("Forget who asked to speak for an enterprise and did not come"),
        DAY,
        _at_once(forget_unanswered),
    ),
    Work("quality", _("Look for what listings lack"), DAY, lambda job: look_at_all()),
    Work("quality-again", _("Look again at listings that changed"), MINUTE, following(look_again)),
    Work("dumps", _("Write the files of all listings"), 10 * MINUTE, keep_fresh),
    Work("old-mail", _("Delete letters that were sent long ago"), DAY, _at_once(forget_mail)),
)

"""Counting what was looked for and not found, and forgetting it after a while."""

import datetime
import logging

from django.conf import settings
from django.db import Error, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from directory.models import Gap
from directory.search.database import database_engine
from directory.search.query import Query
from directory.search.sought import Sought, sought_by

logger = logging.getLogger(__name__)


def count(query: Query) -> None:
    """Count a search that found nothing. Never fails: a count that cannot be written is dropped."""
    if not settings.SEARCH_GAPS:
        return
    try:
        if sought := sought_by(query):
            with database_engine().brief_write(settings.GAPS_WAIT_MS):
                _add(sought)
    except Error as error:
        logger.warning("a search that found nothing was not counted: %s", type(error).__name__)


def forget_old() -> int:
    """Delete counts older than SEARCH_GAPS_MONTHS, all of them where counting is off; how many."""
    if not settings.SEARCH_GAPS:
        return Gap.objects.all().delete()[0]
    return Gap.objects.before(_month_ago(settings.SEARCH_GAPS_MONTHS)).delete()[0]


def _month_ago(months: int) -> datetime.date:
    """The first day of the month so many months ago."""
    today = timezone.localdate()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return datetime.date(year, month + 1, 1)


def _add(sought: Sought) -> None:
    """One more of this month; the row is made with the first."""
    key = {
        "month": _month_ago(0),
        "scheme": sought.scheme,
        "code": sought.code,
        "words": sought.words,
        "place": sought.place,
    }
    if Gap.objects.filter(**key).update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Gap.objects.create(**key)
    except IntegrityError:  # Another process was first.
        Gap.objects.filter(**key).update(count=F("count") + 1)

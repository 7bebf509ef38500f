"""Counting what was looked for and not found, and forgetting it after a while."""

import datetime
import logging

from django.conf import settings
from django.core.cache import cache
from django.db import Error, IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import Gap
from directory.search.database import database_engine
from directory.search.query import Query
from directory.search.sought import Sought, sought_by

logger = logging.getLogger(__name__)


def count(query: Query, *, address: str) -> None:
    """Count a search that found nothing, from one network address once in GAPS_AGAIN_SECONDS.

    Of the address only the cache learns, as part of a keyed digest. A count that the database or the
    cache cannot take now is dropped, with no error.
    """
    if not settings.SEARCH_GAPS:
        return
    try:
        if sought := sought_by(query):
            _count_once(sought, address)
    except Exception as error:  # A cache fails with the errors of its own client.
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


def _count_once(sought: Sought, address: str) -> None:
    place = sought.place.pk if sought.place else None
    asked = (address, sought.scheme, sought.code, sought.words, place)
    key = f"gap:{_digest('asker', *asked)}"
    if not cache.add(key, True, settings.GAPS_AGAIN_SECONDS):
        return
    try:
        with database_engine().brief_write(settings.GAPS_WAIT_MS):
            _add(sought)
    except Error:
        cache.delete(key)  # It was not counted: the next time may be.
        raise


def _add(sought: Sought) -> None:
    """One more of this month; the row is made with the first.

    The words are written with the search that makes them common enough to be shown. Before, the
    row has a digest that differs by month and place, so that rows cannot be told to be of the same.
    """
    month, place = _month_ago(0), sought.place.pk if sought.place else None
    key = {
        "month": month,
        "scheme": sought.scheme,
        "code": sought.code,
        "digest": _digest("words", month, place, sought.words) if sought.words else "",
        "place": sought.place,
    }
    is_shared = When(count__gte=settings.GAPS_SHOWN_FROM - 1, then=Value(sought.words))
    one_more = {"count": F("count") + 1, "words": Case(is_shared, default=F("words"))}
    if Gap.objects.filter(**key).update(**one_more):
        return
    try:
        with transaction.atomic():
            Gap.objects.create(**key)
    except IntegrityError:  # Another process was first.
        Gap.objects.filter(**key).update(**one_more)


def _digest(purpose: str, *parts: object) -> str:
    """The same for the same parts; nobody without SECRET_KEY can try which they were."""
    return salted_hmac(f"directory.gap.{purpose}", repr(parts), algorithm="sha256").hexdigest()

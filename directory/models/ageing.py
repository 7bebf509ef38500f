"""Questions about what the passing of time does to listings."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from directory.models.confirmation import STALE_AFTER_DAYS, VerificationLevel
from directory.models.reminder import Reminder
from directory.models.source import SourceRecord


class AgeingQuerySet(models.QuerySet):
    """Of listings; `published()` and `living()` are those of the listings' own QuerySet."""

    def stale(self, today: datetime.date) -> Self:
        """Published ones that want a new look today: the check that counts for them is too old.

        One that nobody checked wants it so long after it came here and its source was last read.
        """
        old = Q()
        for level, days in STALE_AFTER_DAYS.items():
            if level != VerificationLevel.UNVERIFIED:
                limit = today - datetime.timedelta(days=days)
                old |= Q(verification=level, verified_on__lt=limit)
        limit = today - datetime.timedelta(days=STALE_AFTER_DAYS[VerificationLevel.UNVERIFIED])
        read = SourceRecord.objects.filter(organization=OuterRef("pk"), fetched_on__gte=limit)
        unchecked = Q(verification=VerificationLevel.UNVERIFIED, published_at__date__lt=limit)
        return self.published().filter(old | (unchecked & ~Exists(read)))

    def to_remind(self, now: datetime.datetime, days: int, pause_days: int) -> Self:
        """Living ones with an address, silent for so many days and not asked for so many.

        With `last_sign_at`: when they were last confirmed, or first shown. The longest silent first.
        """
        silent, asked = (now - datetime.timedelta(days=each) for each in (days, pause_days))
        sign = Coalesce("last_confirmed_at", "published_at")
        found = self.published().living().exclude(email="")
        found = found.annotate(last_sign_at=sign).filter(last_sign_at__lte=silent)
        lately = Reminder.objects.filter(organization=OuterRef("pk"), created_at__gt=asked)
        return found.filter(~Exists(lately)).order_by("last_sign_at", "pk")

    def marked_stale(self) -> Self:
        """Published ones that were found to want a new look, the longest first."""
        return self.published().filter(stale_since__isnull=False).order_by("stale_since", "pk")

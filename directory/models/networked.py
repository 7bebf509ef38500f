"""Questions about the networks that listings belong to."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q


class NetworkedQuerySet(models.QuerySet):
    """Of listings."""

    def in_networks(self, slugs: Iterable[str]) -> Self:
        """Members of any of some networks, and those that one of them approved."""
        wanted, keys = [*slugs], self.model.objects.values("pk")
        members = keys.filter(memberships__network__slug__in=wanted)
        approved = Q(approvals__network__slug__in=wanted, approvals__withdrawn_at=None)
        return self.filter(pk__in=members.union(keys.filter(approved)))

"""Looking at all published listings, and again at each that changed: what should be put right."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from directory.documents.quality import Surroundings, findings, mark_of, site_of
from directory.models import (
    Finding,
    FindingKind,
    Location,
    Organization,
    Place,
    Precision,
    Revision,
)
from directory.models.finding import SHARED

LISTINGS_AT_ONCE = 500


def look_at_all() -> Iterator[int]:
    """Look at every published listing, some hundred in a transaction; gives out how many."""
    around = surroundings(shared=what_many_share())
    published, after = Organization.objects.published().order_by("pk"), 0
    while keys := [*published.filter(pk__gt=after).values_list("pk", flat=True)[:LISTINGS_AT_ONCE]]:
        with transaction.atomic():
            # With those in between that are shown no more.
            Finding.objects.filter(organization__gt=after, organization__lte=keys[-1]).delete()
            _write(keys, around)
        after = keys[-1]
        yield len(keys)
    Finding.objects.filter(organization__gt=after).delete()


def look_again(revisions: list[Revision]) -> None:
    """Look at listings that changed; what they share with many is known from the last look at all."""
    keys = sorted({revision.organization_id for revision in revisions})
    before = Finding.objects.filter(organization__in=keys, kind__in=SHARED)
    shared: dict[str, set[str]] = {}
    for kind, mark in before.values_list("kind", "mark"):
        shared.setdefault(kind, set()).add(mark)
    marks = {kind: frozenset(found) for kind, found in shared.items()}
    Finding.objects.filter(organization__in=keys).delete()
    _write(keys, surroundings(shared=marks))


def surroundings(*, shared: dict[str, frozenset[str]]) -> Surroundings:
    """What documents are held against."""
    boxes = Place.objects.countries().exclude(bbox=None).values_list("country_code", "bbox")
    by_country = {country: tuple(box) for country, box in boxes}
    return Surroundings(timezone.localdate(), by_country, shared)


def what_many_share() -> dict[str, frozenset[str]]:
    """Marks of websites, e-mail addresses and points of many published listings, by kind."""
    published = Organization.objects.published()
    exact = Location.objects.filter(
        organization__in=published, precision=Precision.EXACT, latitude__isnull=False
    )
    by_email = published.exclude(email="").annotate(address=Lower("email"))
    return {
        FindingKind.SITE_SHARED: _sites_of_many(published),
        FindingKind.EMAIL_SHARED: _marks(address for (address,) in _of_many(by_email, "address")),
        FindingKind.POINT_SHARED: _marks(_of_many(exact, "latitude", "longitude")),
    }


def _sites_of_many(published: QuerySet) -> frozenset[str]:
    """One site is written in several ways, so they are counted here: by their marks, which are short."""
    websites = published.exclude(website="").order_by().values_list("website", flat=True)
    marks = (bytes.fromhex(mark_of(site_of(website))) for website in websites.iterator())
    # Twelve bytes for each of millions; in a dictionary each would take ten times as much.
    distinct, listings = np.unique(np.fromiter(marks, dtype="V12"), return_counts=True)
    many = distinct[listings >= settings.SHARED_BY_MANY]
    return frozenset(mark.tobytes().hex() for mark in many)


def _of_many(rows: QuerySet, *columns: str) -> list[tuple]:
    listing = "pk" if rows.model is Organization else "organization"
    counted = rows.order_by().values_list(*columns).annotate(many=Count(listing, distinct=True))
    return [row[:-1] for row in counted.filter(many__gte=settings.SHARED_BY_MANY)]


def _marks(things: Iterable[Any]) -> frozenset[str]:
    return frozenset(map(mark_of, things))


def _write(keys: list[int], around: Surroundings) -> None:
    published = Organization.objects.published().filter(pk__in=keys)
    last = published.filter(revisions__version=F("version"))
    Finding.objects.bulk_create(
        (
            Finding(organization_id=key, kind=kind, mark=mark)
            for key, document in last.values_list("pk", "revisions__document")
            for kind, mark in findings(document, around).items()
        ),
        ignore_conflicts=True,
        batch_size=LISTINGS_AT_ONCE,
    )

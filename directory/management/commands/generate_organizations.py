from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from directory.actions import sources
from directory.actions.bulk import References, add_many
from directory.actions.log import open_changeset
from directory.management.progress import Progress
from directory.management.synthetic.ground import NothingToStandOn, ground
from directory.management.synthetic.listing import entries
from directory.management.synthetic.parts import SOURCE
from directory.models import Door, Organization, SourceRecord

LISTINGS_AT_ONCE = 2_000  # A transaction of a second, and some ten megabytes.


class Command(BaseCommand):
    """Fill a database with invented listings, the same for the same number and seed."""

    help = "Add invented listings for measuring. Interrupted, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N", help="How many there shall be.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, other listings.")
        parser.add_argument(
            "--into-existing",
            action="store_true",
            help="Also where the database has listings that are not invented.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count, seed = options["count"], options["seed"]
        if count < 0 or seed < 0:
            raise CommandError("N and --seed are 0 or more.")
        if settings.IS_PRODUCTION:
            raise CommandError("DEPLOYMENT is production: invented listings have no place there.")
        if not options["into_existing"] and _others().exists():
            raise CommandError(
                "This database has listings that are not invented. Name another one in "
                "DATABASE_URL, or say --into-existing."
            )
        try:
            stands_on = ground()
        except NothingToStandOn as error:
            raise CommandError(str(error)) from None
        sources.load_sources([SOURCE])
        there = _there(seed)
        with Progress("Invented listings", count, self.stderr) as progress:
            self._add(stands_on, seed, there, count, progress)
        _count_for_plans()
        self.stdout.write(f"{max(count - there, 0)} listings added, {there} there already")

    @staticmethod
    def _add(stands_on: Any, seed: int, there: int, count: int, progress: Progress) -> None:
        if there >= count:
            return
        references = References()
        reason = f"Invented listings, seed {seed}"
        changeset = open_changeset(by=None, door=Door.COMMAND, reason=reason)
        for first in range(there, count, LISTINGS_AT_ONCE):
            last = min(first + LISTINGS_AT_ONCE, count)
            some = list(entries(stands_on, seed=seed, first=first, last=last))
            add_many(some, references, changeset=changeset)
            progress(last)


def _others() -> Any:
    """Listings that are not invented."""
    invented = SourceRecord.objects.filter(source__code=SOURCE["code"])
    return Organization.objects.exclude(pk__in=invented.values("organization"))


def _there(seed: int) -> int:
    """How many of this seed there are: they are added in order, so that is where to go on."""
    records = SourceRecord.objects.filter(source__code=SOURCE["code"])
    return records.filter(external_id__startswith=f"{seed}-").count()


def _count_for_plans() -> None:
    """PostgreSQL plans by statistics, and gathers them by itself only minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

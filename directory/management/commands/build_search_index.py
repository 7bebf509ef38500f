import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.management.background import give_way
from directory.management.progress import Progress
from directory.models import Organization
from directory.search.rebuilding import SearchIsBeingBuilt, is_small
from directory.search.segment_building import build_segment
from directory.search.segments import Busy, folder_of_database
from directory.search.verifying import ChangedMeanwhile, compare

DIFFERENCES_SHOWN = 50  # One fault shows in many counts.


class Command(BaseCommand):
    """Build the search index of this host, beside the one in use, and let it take its place."""

    help = "Build the search index on disk; needed by no directory of a few thousand listings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            help="How many processes read and merge; one for each processor by default.",
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help="Build nothing: compare every count of the index with the database.",
        )
        parser.add_argument(
            "--background", action="store_true", help="Give way to everything else on this host."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verify"]:
            self.verify()
            return
        if options["processes"] < 1:
            raise CommandError(f"--processes is {options['processes']}; it must be 1 or more.")
        if is_small():
            self.stdout.write("So few listings are searched in memory: there is nothing to build.")
            return
        if options["background"]:
            give_way()
        self.build(options["processes"])

    def build(self, processes: int) -> None:
        """Build and say where it is."""
        try:
            with Progress("Search index", 100, self.stderr) as progress:
                place = build_segment(folder_of_database(), processes, progress)
        except Busy as error:
            raise CommandError(f"Nothing done: {error}.") from error
        self.stdout.write(str(place))

    def verify(self) -> None:
        """Say where index and database differ; fail if they do."""
        total = Organization.objects.published().count()
        try:
            with Progress("Listings", total, self.stderr) as progress:
                differences, compared = compare(progress)
                progress(total)
        except SearchIsBeingBuilt as error:
            raise CommandError("There is no index to verify; build it first.") from error
        except ChangedMeanwhile as error:
            raise CommandError("Listings changed while they were counted; try again.") from error
        for difference in differences[:DIFFERENCES_SHOWN]:
            self.stdout.write(str(difference))
        if differences:
            raise CommandError(f"{len(differences)} of {compared} counts differ.")
        self.stdout.write(f"All {compared} counts agree.")

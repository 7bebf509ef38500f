import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.management.progress import Progress
from directory.search.rebuilding import is_small
from directory.search.segment_building import build_segment
from directory.search.segments import Busy, folder_of_database


class Command(BaseCommand):
    """Build the search index of this host, beside the one in use, and let it take its place."""

    help = "Build the search index on disk; needed by no directory of a few thousand listings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--processes",
            type=int,
            default=len(os.sched_getaffinity(0)),
            help="How many processes read and merge; one for each processor by default.",
        )
        parser.add_argument(
            "--background", action="store_true", help="Give way to everything else on this host."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] < 1:
            raise CommandError(f"--processes is {options['processes']}; it must be 1 or more.")
        if is_small():
            self.stdout.write("So few listings are searched in memory: there is nothing to build.")
            return
        if options["background"]:
            os.nice(10)
        try:
            with Progress("Search index", 100, self.stderr) as progress:
                place = build_segment(folder_of_database(), options["processes"], progress)
        except Busy as error:
            raise CommandError(f"Nothing done: {error}.") from error
        self.stdout.write(str(place))

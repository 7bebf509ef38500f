from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.management.benchmarks import exporting, finding, search
from directory.management.benchmarks.asking import NothingToAsk


class Command(BaseCommand):
    """Measure this directory's search, how fast or how well, beside what people would run instead."""

    help = "Measure speed: prints tables, writes JSON and a chart. docs/performance.md explains it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True)
        search.add_arguments(subjects.add_parser("search", help="Searches and whole pages."))
        exporting.add_arguments(subjects.add_parser("export", help="Files of all listings."))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["organizations"] < 1:
            raise CommandError("--organizations is 1 or more.")
        if options["subject"] == "export":
            exporting.run(options, self.stdout.write)
        else:
            self.search(options)

    def search(self, options: dict[str, Any]) -> None:
        """Measure searches, or how well they find."""
        known = {*search.ENGINES}
        if unknown := {*filter(None, options["engine"].split(","))} - known:
            names = ", ".join(sorted(unknown))
            raise CommandError(f"--engine {names} is not known. Known are: {', '.join(known)}.")
        if options["variants"] < 1:
            raise CommandError("--variants is 1 or more.")
        if options["quality"]:
            finding.run(write=self.stdout.write)
            return
        try:
            search.run(options, self.stdout.write)
        except NothingToAsk as error:
            raise CommandError(str(error)) from None

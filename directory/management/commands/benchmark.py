from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.management.benchmarks import finding, search
from directory.management.benchmarks.asking import NothingToAsk


class Command(BaseCommand):
    """Measure this directory's search, how fast or how well, beside what people would run instead."""

    help = "Measure speed: prints tables, writes JSON and a chart. docs/performance.md explains it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True)
        search.add_arguments(subjects.add_parser("search", help="Searches and whole pages."))

    def handle(self, *args: Any, **options: Any) -> None:
        known = {*search.ENGINES}
        if unknown := {*filter(None, options["engine"].split(","))} - known:
            names = ", ".join(sorted(unknown))
            raise CommandError(f"--engine {names} is not known. Known are: {', '.join(known)}.")
        if options["organizations"] < 1 or options["variants"] < 1:
            raise CommandError("--organizations and --variants are 1 or more.")
        if options["quality"]:
            finding.run(write=self.stdout.write)
            return
        try:
            search.run(options, self.stdout.write)
        except NothingToAsk as error:
            raise CommandError(str(error)) from None

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.management.benchmarks import duplicates, finding, importing, search
from directory.management.benchmarks.asking import NothingToAsk
from directory.management.synthetic.ground import NothingToStandOn


class Command(BaseCommand):
    """Measure the directory: how fast and well it searches, knows duplicates and takes files in."""

    help = "Measure speed: prints tables, writes JSON and a chart. docs/performance.md explains it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True)
        search.add_arguments(subjects.add_parser("search", help="Searches and whole pages."))
        told = "How surely two listings of one enterprise are known as one."
        duplicates.add_arguments(subjects.add_parser("duplicates", help=told))

        told = "How fast a file is read, written, read again and taken back."
        importing.add_arguments(subjects.add_parser("import", help=told))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["subject"] == "import":
            self._import(options)
        elif options["subject"] == "duplicates":
            self._duplicates(options)
        else:
            self._search(options)

    def _duplicates(self, options: dict[str, Any]) -> None:
        if options["organizations"] < 0:
            raise CommandError("--organizations is 0 or more.")
        try:
            duplicates.run(options, self.stdout.write, self.stderr)
        except NothingToStandOn as error:
            raise CommandError(str(error)) from None

    def _import(self, options: dict[str, Any]) -> None:
        if not 0 < options["rows"] <= settings.IMPORT_ROWS_MAX or options["organizations"] < 1:
            raise CommandError(
                f"--rows is 1 to {settings.IMPORT_ROWS_MAX}, --organizations 1 or more."
            )
        importing.run(options, self.stdout.write)

    def _search(self, options: dict[str, Any]) -> None:
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

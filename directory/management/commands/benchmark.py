from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.management.benchmarks import duplicates, exporting, finding, importing, search
from directory.management.benchmarks.asking import NothingToAsk
from directory.management.synthetic.ground import NothingToStandOn


class Command(BaseCommand):
    """Measure this directory: how fast it searches and moves data, how well it finds and matches."""

    help = "Measure speed: prints tables, writes JSON and a chart. docs/performance.md explains it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subjects = parser.add_subparsers(dest="subject", required=True)
        search.add_arguments(subjects.add_parser("search", help="Searches and whole pages."))
        told = "How surely two listings of one enterprise are known as one."
        duplicates.add_arguments(subjects.add_parser("duplicates", help=told))
        told = "How fast a file is read, written, read again and taken back."
        importing.add_arguments(subjects.add_parser("import", help=told))
        exporting.add_arguments(subjects.add_parser("export", help="Files of all listings."))

    def handle(self, *args: Any, **options: Any) -> None:
        least = 0 if options["subject"] == "duplicates" else 1
        if options["organizations"] < least:
            raise CommandError(f"--organizations is {least} or more.")
        match options["subject"]:
            case "search":
                self._search(options)
            case "duplicates":
                self._duplicates(options)
            case "import":
                self._import(options)
            case "export":
                exporting.run(options, self.stdout.write)

    def _search(self, options: dict[str, Any]) -> None:
        known = {*search.ENGINES}
        if unknown := {*filter(None, options["engine"].split(","))} - known:
            names = ", ".join(sorted(unknown))
            raise CommandError(f"--engine {names} is not known. Known are: {', '.join(known)}.")
        self._check_numbers(options)
        if options["growth"] and options["here"]:
            raise CommandError(
                "--growth fills databases of its own, so it cannot be had with --here: "
                "leave out one of them."
            )
        if options["quality"]:
            finding.run(write=self.stdout.write)
            return
        try:
            search.run(options, self.stdout.write)
        except NothingToAsk as error:
            raise CommandError(str(error)) from None

    @staticmethod
    def _check_numbers(options: dict[str, Any]) -> None:
        """Before anything is measured: a run takes an hour."""
        if options["variants"] < 1:
            raise CommandError("--variants is 1 or more.")
        if options["writes"] < 1:
            raise CommandError("--writes is 1 or more.")
        try:
            search.numbers_of_clients(options["clients"])
        except ValueError:
            raise CommandError(
                f"--clients {options['clients']}: give numbers of processes from 1 up, such as 1,4."
            ) from None

    def _duplicates(self, options: dict[str, Any]) -> None:
        try:
            duplicates.run(options, self.stdout.write, self.stderr)
        except NothingToStandOn as error:
            raise CommandError(str(error)) from None

    def _import(self, options: dict[str, Any]) -> None:
        if not 0 < options["rows"] <= settings.IMPORT_ROWS_MAX:
            raise CommandError(f"--rows is 1 to {settings.IMPORT_ROWS_MAX}.")
        importing.run(options, self.stdout.write)

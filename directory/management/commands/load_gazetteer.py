from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from directory.actions import places
from directory.exchange import fixtures
from directory.management.progress import Progress


class Command(BaseCommand):
    """Load countries, regions and towns with all their names."""

    help = "Load the gazetteer from fixtures/gazetteer, or from another file of the same columns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(fixtures.read_gazetteer(options["file"]))
        with Progress("Places", 2 * len(rows), self.stderr) as progress:
            count = places.load_places(rows, progress=progress)
        self.stdout.write(f"{count} places")

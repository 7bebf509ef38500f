from typing import Any

from django.core.management.base import BaseCommand

from directory.actions import vocabulary
from directory.exchange import fixtures


class Command(BaseCommand):
    """Load the terms of fixtures/taxonomy; changes only what differs."""

    help = "Load types, values, sectors, relationship kinds and offer categories."

    def handle(self, *args: Any, **options: Any) -> None:
        for file in fixtures.taxonomy():
            entry = fixtures.read_json(file)
            changed = vocabulary.load_terms(entry["scheme"], entry["terms"])
            if options["verbosity"]:
                total = len(entry["terms"])
                self.stdout.write(f"{entry['scheme']}: {total} terms, {changed} changed")

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from directory.exchange.collecting import seldom_collecting
from directory.exchange.exports import FORMATS, exported
from directory.exchange.licences import Licences
from directory.search.engine import found_ids
from directory.search.filters import OrganizationFilter
from directory.search.rebuilding import SearchIsBeingBuilt

NO_INDEX = (
    "There is no search index yet, so nothing can be searched for. "
    "Run manage.py build_search_index, or export without parameters."
)


class Command(BaseCommand):
    """Write published listings, all or those that a search finds, to a file or to the output."""

    help = "Export published listings. docs/exports.md describes the formats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "query",
            nargs="?",
            default="",
            help="Parameters as in the address of a results page: 'type=credit-union&near=Leeds'.",
        )
        parser.add_argument("--format", choices=FORMATS, default="csv")
        parser.add_argument(
            "--licence",
            choices=["reusable", "all"],
            default="reusable",
            help="reusable: only what may be passed on under the directory's licence.",
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="Else it is printed.")

    def handle(self, *args: Any, **options: Any) -> None:
        licences = Licences(reusable_only=options["licence"] == "reusable")
        ids = self._ids(options["query"]) if options["query"] else None
        form, site = FORMATS[options["format"]], settings.SITE_URL
        pieces = exported(form, licences, ids=ids, site=site, is_read_ahead=True)
        with seldom_collecting():
            if options["output"] is None:
                sys.stdout.buffer.writelines(pieces)
            else:
                self._write(options["output"], pieces)

    @staticmethod
    def _write(path: Path, pieces: Iterator[bytes]) -> None:
        """Beside its place first, so that nobody meets half of it."""
        unfinished = path.with_name(f"{path.name}.part")
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        unfinished.replace(path)

    @staticmethod
    def _ids(query: str) -> Any:
        filters = OrganizationFilter(QueryDict(query))
        try:
            if filters.is_valid():
                return found_ids(filters.query).ids
        except SearchIsBeingBuilt:
            raise CommandError(NO_INDEX) from None
        faults = [f"{name}: {' '.join(said)}" for name, said in filters.errors.items()]
        raise CommandError("\n".join(faults))

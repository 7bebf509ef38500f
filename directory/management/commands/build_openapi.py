"""Writes docs/openapi.json, the description of the API for programs."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.drainage import GENERATOR_STATS

from directory.api import openapi

FILE = settings.BASE_DIR / "docs" / "openapi.json"


def text() -> str:
    """The document as it stands in the file."""
    return json.dumps(openapi.document("en"), indent=2, ensure_ascii=False) + "\n"


class Command(BaseCommand):
    help = "Write docs/openapi.json from the code; with --check, only say whether it is up to date."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing.")

    def handle(self, *args, **options) -> None:
        built = text()
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError("The generator warned: see above.")
        if not options["check"]:
            FILE.parent.mkdir(exist_ok=True)
            FILE.write_text(built, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != built:
            raise CommandError("docs/openapi.json is out of date: run manage.py build_openapi.")
        self.stdout.write("docs/openapi.json is up to date.")

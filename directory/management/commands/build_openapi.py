"""Writes docs/openapi.json, the description of the API for programs.

It asks the generator, which finds the API through the URLs: a command imports no other door.
"""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

FILE = settings.BASE_DIR / "docs" / "openapi.json"


def text() -> str:
    """The document as it stands in the file, in English.

    Raises CommandError where the generator had to guess.
    """
    with translation.override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError("The generator warned: see above.")
        return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"


class Command(BaseCommand):
    help = "Write docs/openapi.json from the code; with --check, only say whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing.")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        built = text()
        if not check:
            FILE.write_text(built, encoding="utf-8")
        elif not FILE.exists() or FILE.read_text(encoding="utf-8") != built:
            raise CommandError("docs/openapi.json is out of date: run manage.py build_openapi.")
        self.stdout.write("docs/openapi.json is up to date.")

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from directory.documents import schema

FILE = settings.BASE_DIR / "docs" / "organization-document.schema.json"


class Command(BaseCommand):
    """Write the JSON Schema of a document to docs/, after its fields changed."""

    help = "Write docs/organization-document.schema.json from the validator's own declaration."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        self.stdout.write(f"docs/{FILE.name}")

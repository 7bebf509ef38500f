from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from directory.actions import organizations, sources
from directory.actions.log import open_changeset
from directory.exchange import fixtures
from directory.management.progress import Progress
from directory.models import Door, SourceRecord

LISTINGS_AT_ONCE = 100


class Command(BaseCommand):
    """Load and publish the demo listings; those already there by source and number are left."""

    help = "Load the demo listings: real organizations, facts only, each with source and licence."

    def handle(self, *args: Any, **options: Any) -> None:
        sources.load_sources(fixtures.read_json(fixtures.demo_sources()))
        documents = list(fixtures.read_documents())
        known = set(SourceRecord.objects.values_list("source__code", "external_id"))
        new = [d for d in documents if not _keys(d) & known]
        with Progress("Demo listings", len(new), self.stderr) as progress:
            for start in range(0, len(new), LISTINGS_AT_ONCE):
                _add(new[start : start + LISTINGS_AT_ONCE])
                progress(min(start + LISTINGS_AT_ONCE, len(new)))
        self.stdout.write(f"{len(new)} listings added, {len(documents) - len(new)} there already")


def _keys(document: dict[str, Any]) -> set[tuple[str, str]]:
    return {(record["source"], record["external_id"]) for record in document["sources"]}


@transaction.atomic
def _add(documents: list[dict[str, Any]]) -> None:
    changeset = open_changeset(by=None, door=Door.IMPORT, reason="Demo listings")
    for document in documents:
        organization = organizations.add(document, by=None, door=Door.IMPORT, changeset=changeset)
        organizations.publish(organization, by=None, door=Door.IMPORT, changeset=changeset)

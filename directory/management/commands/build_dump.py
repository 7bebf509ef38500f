from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from directory.exchange.dumps import shelf
from directory.exchange.dumps.building import build
from directory.management.background import BackgroundCommand
from directory.management.progress import Progress
from directory.models import Organization


class Command(BackgroundCommand):
    """Write the files of everything that may be passed on, and put them at /data/."""

    help = "Write a dump now; `manage.py work` does it each night. See docs/exports.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--forget-older", action="store_true", help="Delete all older dumps when it is done."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DUMPS_DIR:
            raise CommandError("DUMPS_DIR is empty: there is no place to keep dumps.")
        total = Organization.objects.published().count()
        try:
            with Progress("Dump", total, self.stderr) as progress:
                for done in build():
                    progress(done)
                progress(total)  # Also past those that may not be passed on.
        except shelf.Busy as error:
            raise CommandError(f"Nothing done: {error}.") from error
        latest, *older = shelf.dumps()
        if options["forget_older"]:
            shelf.remove(older)
        self.stdout.write(str(latest.folder))

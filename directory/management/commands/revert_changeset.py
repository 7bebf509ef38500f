from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from directory.actions import undo
from directory.management.background import BackgroundCommand
from directory.management.progress import Progress
from directory.models import Changeset, Door

REFUSALS_TOLD = 20
KEEPING = " With --keeping, what nobody has changed again since is put back."


class Command(BackgroundCommand):
    """Take back what was done together, such as an import, however much. Killed, it goes on."""

    help = "Undo a whole changeset, listing by listing; run it again to go on where it ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("changeset", type=int, metavar="ID")
        parser.add_argument("--reason", default="", help="Everyone can read it in the histories.")
        parser.add_argument(
            "--keeping",
            action="store_true",
            help="Undo the rest also where somebody has changed something again since.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        changeset = Changeset.objects.filter(pk=options["changeset"]).first()
        if changeset is None:
            raise CommandError(f"There is no changeset {options['changeset']}.")
        count, refused = self._revert(changeset, options)
        self.stdout.write(f"{count} listings put back")
        for organization, why in refused[:REFUSALS_TOLD]:
            self.stdout.write(f"{organization.uid} {organization.name}: {why}")
        if refused:
            hint = "" if options["keeping"] else KEEPING
            raise CommandError(f"{len(refused)} listings stay as they are.{hint}")

    def _revert(self, changeset: Changeset, options: dict[str, Any]) -> tuple[int, list]:
        count, refused, last, into = 0, [], 0, None
        with Progress("Listings put back", undo.count_left(changeset), self.stderr) as progress:
            while True:
                done = undo.revert_changeset(
                    changeset,
                    by=None,
                    door=Door.COMMAND,
                    reason=options["reason"] or f"Changeset {changeset.pk} taken back",
                    keeping=options["keeping"],
                    after=last,
                    into=into,
                )
                count, last = count + done.count, done.last
                refused += done.refused
                into = done.changeset if done.changeset.pk else into
                progress(count + len(refused))
                if not done.left:
                    return count, refused

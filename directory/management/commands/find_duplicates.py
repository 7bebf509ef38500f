from argparse import ArgumentParser
from typing import Any

from directory.actions import duplicates
from directory.management.background import BackgroundCommand
from directory.management.progress import Progress
from directory.models import Duplicate
from directory.search.matching import Matcher


class Command(BackgroundCommand):
    """Compare all listings with each other and put those that may be one into the queue."""

    help = (
        "Find listings that may be one enterprise. `manage.py work` does the same for each listing "
        "that changes; this is for a first look at all, and after the matcher itself has changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sure", action="store_true", help="Print the pairs that are sure enough to merge."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        matcher = Matcher()
        with Progress("Listings compared", len(matcher), self.stderr) as progress:
            for done in duplicates.find_all(matcher):
                progress(done)
        duplicates.forget_merged()
        waiting = Duplicate.objects.waiting()
        sure = waiting.filter(is_sure=True)
        self.stdout.write(
            f"{len(matcher)} listings compared, {waiting.count()} pairs wait, {sure.count()} of "
            "them sure"
        )
        if options["sure"]:
            for pair in sure.select_related("first", "second"):
                self.stdout.write(f"{pair.first}\t{pair.second}\t{pair.score:.3f}")

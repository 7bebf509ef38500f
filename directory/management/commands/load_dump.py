import json
from argparse import ArgumentParser
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import CommandError

from directory.exchange.collecting import seldom_collecting
from directory.exchange.dumps.loading import OUTCOMES, Load, Told
from directory.exchange.dumps.loading_traces import Traces
from directory.exchange.dumps.package_files import Package, UnreadableDump, package_at
from directory.management.background import BackgroundCommand
from directory.management.progress import Progress

TOLD_OF_EACH = 20  # Of each outcome on the terminal; a report has them all.
PLACES_TOLD = 20


class Command(BackgroundCommand):
    """Make the listings of a dump here: the same ids, sources, dates and documents."""

    help = (
        "Load a dump as this software publishes it at /data/: its sources, then its listings. "
        "Ended in the middle, run it again to go on. See docs/exports.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="Its folder, or its zip.")
        parser.add_argument(
            "--update",
            action="store_true",
            help="Make published listings that differ what the dump says; otherwise they are left.",
        )
        parser.add_argument(
            "--anyway", default="", metavar="WHY", help="Load it though its licence is another."
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="Write a line of JSON for each listing that is not simply added or the same.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.told: Counter[str] = Counter()
        try:
            with package_at(options["path"]) as package, ExitStack() as files, seldom_collecting():
                self.report: TextIO | None = None
                with Progress("Checksums", package.size, self.stderr) as progress:
                    for done in package.check():
                        progress(done)
                self._check_licence(package, options["anyway"])
                if options["report"]:
                    self.report = files.enter_context(options["report"].open("w", encoding="utf-8"))
                self._load(package, options)
        except (UnreadableDump, OSError) as error:
            raise CommandError(str(error)) from None

    def _check_licence(self, package: Package, why: str) -> None:
        """Facts under another licence are passed on under this directory's own from now on."""
        licences = package.descriptor.get("licenses")
        first = licences[0] if isinstance(licences, list) and licences else {}
        licence = first.get("title", "") if isinstance(first, dict) else ""
        if licence != settings.SITE_LICENCE and not why:
            raise CommandError(
                f"Nothing was loaded: the licence of the dump is {licence or 'not stated'}, that of "
                f"this directory {settings.SITE_LICENCE} (SITE_LICENCE). Where it may be passed on "
                "under the latter all the same, say why: --anyway WHY."
            )

    def _load(self, package: Package, options: dict[str, Any]) -> None:
        load = Load(package, self._tell, is_updating=options["update"], reason=options["anyway"])
        for code in load.load_sources():
            self.stderr.write(
                f"source {code}: here it says something else than in the dump, and stays as it is."
            )
        total = package.descriptor.get("listings")
        with Progress("Listings", total if isinstance(total, int) else 0, self.stderr) as progress:
            for done in load.load_listings():
                progress(done)
        traces = Traces(package, load.loading, self._tell)
        with Progress("Former ids and words", 0, self.stderr) as progress:
            for done in traces.load():
                progress(done)
        self._say(load, traces)

    def _tell(self, told: Told) -> None:
        self.told[told.outcome] += 1
        if self.report:
            line = {name: getattr(told, name) for name in ("where", "uid", "outcome", "reason")}
            self.report.write(json.dumps(line, ensure_ascii=False) + "\n")
        if self.told[told.outcome] <= TOLD_OF_EACH:
            self.stderr.write(f"{told.where} ({told.uid}) {told.outcome}: {told.reason}")

    def _say(self, load: Load, traces: Traces) -> None:
        for outcome in OUTCOMES:
            self.stdout.write(f"{outcome:<10} {load.counts[outcome]:>8}")
        for what, counts in traces.counts.items():
            told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
            self.stdout.write(f"Former {what}: {told or 'none'}.")
        for outcome, count in self.told.items():
            if count > TOLD_OF_EACH and not self.report:
                self.stdout.write(f"Of {count} {outcome}, {TOLD_OF_EACH} are named: --report FILE.")
        if places := load.unknown_places:
            some = ", ".join(f"{path} ({n})" for path, n in places.most_common(PLACES_TOLD))
            self.stdout.write(
                f"{len(places)} places are not in the gazetteer here; locations there keep their "
                f"address in words: {some}{' …' if len(places) > PLACES_TOLD else ''}"
            )
        changeset = load.loading.changeset
        if changeset is None:
            self.stdout.write("There was nothing to write.")
        else:
            undo = f"manage.py revert_changeset {changeset.pk}"
            self.stdout.write(f"Written as changeset {changeset.pk}; {undo} takes it back.")

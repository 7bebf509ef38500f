import time
from argparse import ArgumentParser
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from directory.actions import imports
from directory.actions.import_stops import is_licensed, why_not_isolated
from directory.actions.sources import load_sources
from directory.exchange.collecting import seldom_collecting
from directory.exchange.import_mappings import (
    GUESSED,
    guessed,
    named,
    names,
    of_refused,
    usual_name,
)
from directory.exchange.import_report import report
from directory.exchange.imports import Busy, go_on, opened
from directory.exchange.mappings import InvalidMapping, Mapping
from directory.exchange.tables import NoTableThere, UnreadableFile
from directory.management.background import BackgroundCommand
from directory.management.progress import Progress
from directory.models import Door, ImportRun, ImportState, Licence, Source

WAIT_SECONDS = 0.5
MEGABYTE = 1_000_000


class Command(BackgroundCommand):
    """Bring a file in: what it would do; with --apply, do it. Killed, the next run goes on."""

    help = (
        "Read a file of organizations, say what it would do, and with --apply do it. "
        "docs/imports.md is the guide; `manage.py revert_changeset` takes an import back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--source", required=True, metavar="CODE", help="Whose file it is.")
        parser.add_argument("--mapping", default="", metavar="NAME", help="How it is read.")
        parser.add_argument("--apply", action="store_true", help="Write it, not only a preview.")
        parser.add_argument(
            "--publish", action="store_true", help="Put what is complete on the site at once."
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="Write a report as JSON.")
        parser.add_argument(
            "--isolate",
            action="store_true",
            help="Show its facts with credit, and keep them out of exports and dumps.",
        )
        parser.add_argument(
            "--part",
            action="store_true",
            help="The file is one of several: what is not in it has not vanished.",
        )
        parser.add_argument(
            "--anyway",
            default="",
            metavar="WHY",
            help="Write it though rules of its source stop it.",
        )
        parser.add_argument("--source-name", default="", help="Make the source, by this name.")
        parser.add_argument(
            "--licence", default="", choices=["", *Licence.values], help="Of a source that is made."
        )
        parser.add_argument("--licence-name", default="", help="The same, such as CC BY 4.0.")

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._source(options)
        try:
            run = self._run(source, options)
        except (UnreadableFile, InvalidMapping, imports.NotApplicable) as error:
            raise CommandError(str(error)) from None
        self._work(run)
        if run.state == ImportState.STAGED and options["anyway"]:
            imports.let_through(run, by=None, reason=options["anyway"])
            self._apply(run, options)
        if options["report"]:
            with options["report"].open("w", encoding="utf-8") as file:
                file.writelines(report(run))
        self._say(run, options)

    def _source(self, options: dict[str, Any]) -> Source:
        code = options["source"]
        if options["source_name"]:
            entry = {"code": code, "name": options["source_name"]}
            entry |= {n: options[n] for n in ("licence", "licence_name") if options[n]}
            load_sources([entry])
        source = Source.objects.filter(code=code).first()
        if source is None:
            raise CommandError(
                f"There is no source with the code {code!r}. Make it in the admin (Sources → Add), "
                "or here: --source-name 'Its name' --licence "
                f"{{{','.join(Licence.values)}}} --licence-name 'CC BY 4.0'."
            )
        return source

    def _content(self, path: Path) -> bytes:
        try:
            size = path.stat().st_size
            if size > settings.IMPORT_BYTES_MAX:
                raise CommandError(
                    f"{path} has {size / MEGABYTE:.1f} MB; at most "
                    f"{settings.IMPORT_BYTES_MAX // MEGABYTE} MB can be read. Cut it in several, "
                    "and bring each in with --part."
                )
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None

    @transaction.atomic
    def _run(self, source: Source, options: dict[str, Any]) -> ImportRun:
        """The import to go on with, or a new one: there whole or not at all."""
        if options["isolate"] and (told := why_not_isolated(source)):
            raise CommandError(f"--isolate: {told}")
        run = imports.bring_in(
            self._content(options["file"]),
            source=source,
            file_name=options["file"].name,
            by=None,
            door=Door.COMMAND,
            is_publishing=options["publish"],
            is_isolated=options["isolate"],
            is_part=options["part"],
            applies_itself=options["apply"],
        )
        name, mapping = self._mapping(run, options["mapping"])
        if begun := imports.begun_before(run, mapping.as_json()):
            transaction.set_rollback(True)
            self.stderr.write(f"Going on with import {begun.pk}, which was interrupted.")
            return begun
        imports.discard_previews(run)
        imports.read_with(run, mapping.as_json(), name=name, is_part=run.is_part)
        return run

    @staticmethod
    def _mapping(run: ImportRun, name: str) -> tuple[str, Mapping]:
        if not name and (found := _of_refused(run)):
            run.is_part = True
            return found
        name = name or usual_name(run.source)
        if name:
            return name, named(run.source, name)
        with opened(run, Mapping()) as table:
            return GUESSED, guessed(table)

    def _work(self, run: ImportRun) -> None:
        """Go on with it until it has come to an end, or waits for a word."""
        while run.is_at_work:
            step = run.get_state_display()
            total = run.rows_total or imports.content_of(run).count(b"\n")
            state = run.state
            try:
                with (
                    Progress(step, total, self.stderr) as progress,
                    seldom_collecting(),
                    closing(go_on(run)) as pieces,
                ):
                    for _count in pieces:
                        if run.state != state:
                            break  # The next step has a bar of its own.
                        progress(run.rows_done)
            except Busy:
                time.sleep(WAIT_SECONDS)
                run.refresh_from_db()

    def _apply(self, run: ImportRun, options: dict[str, Any]) -> None:
        if options["apply"] and not imports.why_not(run):
            with suppress(imports.NotApplicable):  # It waits, which is said at the end.
                imports.begin(run)
            run.refresh_from_db()
            self._work(run)

    @staticmethod
    def _waiting(run: ImportRun) -> str:
        """What becomes of an import that may be written, and is not."""
        if imports.is_overtaken(run):
            return (
                "Nothing was written: another import of this source was written or taken back "
                "since the file was read. Give this command again."
            )
        told = "Nothing was written yet: another import of this source is being written. "
        if run.is_stopped:
            return f"{told}Give this command again once that has ended."
        return f"{told}Once that has ended, `manage.py work` writes it; or give this command again."

    def _say(self, run: ImportRun, options: dict[str, Any]) -> None:
        """The outcome in a few lines. Raises CommandError where it is not what was asked for."""
        if run.state == ImportState.FAILED:
            raise CommandError(run.error)
        counts = run.counts
        for name in ("rows", "new", "changed", "unchanged", "duplicate", "refused"):
            self.stdout.write(f"{name:<10} {counts[name]:>8}")
        for name in ("conflict", "vanished"):
            if counts[name]:
                self.stdout.write(f"{name:<10} {counts[name]:>8}")
        for note in run.notes:
            self.stdout.write(f"note: {note}")
        stops = imports.why_not(run) if run.state == ImportState.STAGED else []
        if stops and options["apply"]:
            hint = "--anyway WHY" if is_licensed(run) else "--isolate"
            raise CommandError(f"Nothing was written. {' '.join(stops)} ({hint})")
        for stop in stops:
            self.stdout.write(f"stops it: {stop}")
        if run.state == ImportState.STAGED and options["apply"]:
            raise CommandError(self._waiting(run))
        if run.state == ImportState.STAGED:
            self.stdout.write("Nothing is written yet: add --apply.")
        elif run.changeset_id is None:
            self.stdout.write("There was nothing to write.")
        else:
            undo = f"manage.py revert_changeset {run.changeset_id}"
            self.stdout.write(f"Written as changeset {run.changeset_id}; {undo} takes it back.")
        if not options["mapping"] and run.mapping_name == GUESSED:
            self._say_guess(run)

    def _say_guess(self, run: ImportRun) -> None:
        """What each column was taken for, the name first: a wrong guess is seen by that."""
        known = ", ".join(names(run.source))
        self.stdout.write(f"The columns were guessed. Mappings there are: {known}.")
        rules = Mapping.from_json(run.mapping).rules
        for rule in sorted(rules, key=lambda rule: rule.target != "name"):
            if rule.target != "ignore":
                self.stdout.write(f"{rule.target:<15} <- {', '.join(rule.columns)}")
        if unused := [column for r in rules if r.target == "ignore" for column in r.columns]:
            self.stdout.write(f"{'(not used)':<15} <- {', '.join(unused)}")


def _of_refused(run: ImportRun) -> tuple[str, Mapping] | None:
    """The mapping of the import of which this file has the refused rows; None for other files."""
    with suppress(NoTableThere), opened(run, Mapping()) as table:
        return of_refused(run.source, table.refused_in)
    return None

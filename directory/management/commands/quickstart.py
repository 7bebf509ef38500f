from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from directory.actions import sources
from directory.exchange import fixtures
from directory.exchange.translations import stale_translations


@dataclass(frozen=True)
class Step:
    """One thing a directory needs: its name, whether it is there, and how to make it."""

    name: str
    is_done: Callable[[], bool]
    run: Callable[[], Any]


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _loading(name: str, command: str, *files: Any) -> Step:
    """A step that loads files; it is done once these very files were loaded to their end."""

    def is_done() -> bool:
        return _is_migrated() and sources.is_loaded(name, fixtures.digest(*files))

    def run() -> None:
        call_command(command)
        sources.remember_file(name, fixtures.digest(*files))

    return Step(name, is_done, run)


class Command(BaseCommand):
    """Make this directory ready to serve: safe to interrupt, repeat, and run beside a server."""

    help = "Set up the database, the vocabulary, the gazetteer and the demo listings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Only say what is missing; fail if anything is."
        )
        parser.add_argument(
            "--no-demo",
            action="store_true",
            help="Without the demo listings; always so in production.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # A real directory never gets the demo listings unasked.
        without_demo = options["no_demo"] or settings.IS_PRODUCTION
        missing = [step for step in self.steps(without_demo) if not step.is_done()]
        if options["check"]:
            if missing:
                names = ", ".join(step.name for step in missing)
                raise CommandError(f"Missing: {names}. `manage.py quickstart` makes them.")
            self.stdout.write("Nothing is missing.")
            return
        for step in missing:
            self.stdout.write(f"{step.name} …")
            step.run()
        self.stdout.write("This directory is ready.")
        self.stdout.write("Its first operator: make operator, then sign in at /admin/")
        if settings.IS_PRODUCTION and not settings.SITE_EMAIL:
            self.stdout.write("Set SITE_EMAIL, so that people can ask for a change or a removal.")
        if settings.IS_PRODUCTION and not settings.EMAIL_URL:
            self.stdout.write(
                f"Set EMAIL_URL: until then letters are files in {settings.MAIL_DIR}."
            )

    def steps(self, no_demo: bool) -> list[Step]:
        """All steps, in the order in which they build on each other."""
        steps = [
            Step("Translations", lambda: not stale_translations(), _compile),
            Step("Database", _is_migrated, _migrate),
            _loading("Vocabulary", "load_taxonomy", *fixtures.taxonomy()),
            _loading("Gazetteer", "load_gazetteer", fixtures.gazetteer()),
        ]
        if not no_demo:
            files = (fixtures.demo_sources(), fixtures.demo_listings())
            steps.append(_loading("Demo listings", "load_demo", *files))
        return steps


def _compile() -> None:
    call_command("compile_translations")


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)

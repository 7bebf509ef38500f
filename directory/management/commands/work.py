import signal
from argparse import ArgumentParser
from typing import Any

from directory.exchange.jobs import WORKS
from directory.exchange.work import Worker
from directory.management.background import BackgroundCommand


class Command(BackgroundCommand):
    """Send mail, follow the log and do what the clock asks for; safe to end, kill and double."""

    help = "Do the background work: consumers of the log and timed jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due and end; for cron.")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(WORKS)
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_received: worker.end())
        if options["once"]:
            count = worker.run_once()
            self.stdout.write(f"{count} jobs done.")
        else:
            self.stdout.write("Working. End with Ctrl-C or SIGTERM.")
            worker.run_until_ended()

"""Long commands leave the processors to whoever waits for a page."""

import os
import time
from pathlib import Path

from django.core.management.base import BaseCommand

NICENESS = 10  # Of 19: a tenth of the share of a process that serves pages, and all that is idle.
PAUSES = (0.11, 0.23, 0.37, 0.59)  # Seconds, unlike each other: several may begin together.
AUTOGROUP = Path("/proc/self/autogroup")


class BackgroundCommand(BaseCommand):
    """A command that gives way, where it is run as a process of its own and not called."""

    def run_from_argv(self, argv: list[str]) -> None:
        """As Django's, with all the patience of the background."""
        give_way()
        super().run_from_argv(argv)


def give_way() -> None:
    """Let this process and its children take the processors only where nobody needs them.

    Where Linux shares them between sessions first, niceness counts only within one (sched(7), "The
    autogroup feature"). A process that has a session of its own makes that one nice as well; one
    that was begun in a terminal leaves the terminal's alone.
    """
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    if os.getsid(0) != os.getpid():
        return
    for pause in (*PAUSES, 0.0):
        try:
            AUTOGROUP.write_text(str(NICENESS))
            return
        except BlockingIOError:  # Of others than root, Linux takes one such word in 100 ms.
            time.sleep(pause)
        except OSError:
            return  # Not Linux, or one without such groups: nothing is to be done there.

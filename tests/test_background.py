"""Long commands give way to pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from directory.management.background import AUTOGROUP, NICENESS

TELLING = """
import os
from pathlib import Path
from directory.management.background import AUTOGROUP, BackgroundCommand
class Command(BackgroundCommand):
    requires_system_checks = []
    def handle(self, **options):
        told = AUTOGROUP.read_text() if AUTOGROUP.exists() else ""
        print(os.getpriority(os.PRIO_PROCESS, 0), told)
{call}
"""
FROM_A_SHELL = 'Command().run_from_argv(["manage.py", "told"])'
FROM_A_PROGRAM = "from django.core.management import call_command; call_command(Command())"


def _told(call: str, *, has_session: bool) -> str:
    arguments = [sys.executable, "-c", TELLING.format(call=call)]
    root = Path(__file__).parent.parent
    done = subprocess.run(
        arguments,
        cwd=root,
        start_new_session=has_session,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_long_command_that_is_run_by_itself_takes_what_processors_pages_leave():
    own = os.getpriority(os.PRIO_PROCESS, 0)

    assert _told(FROM_A_SHELL, has_session=False).split()[0] == str(max(own, NICENESS))


def test_one_that_another_program_calls_does_not_slow_that_program():
    own = os.getpriority(os.PRIO_PROCESS, 0)

    assert _told(FROM_A_PROGRAM, has_session=False).split()[0] == str(own)


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="This system has no groups of sessions.")
def test_in_a_session_of_its_own_the_session_gives_way_too():
    assert _told(FROM_A_SHELL, has_session=True).endswith(f"nice {NICENESS}")
    assert _told(FROM_A_SHELL, has_session=False).endswith(AUTOGROUP.read_text().strip())

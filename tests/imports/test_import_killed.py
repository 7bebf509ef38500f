"""kill -9 at any moment of an import: the next run goes on, and every row is there once."""

import io
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from directory.models import ImportRow, ImportRun, Organization, Revision, SourceRecord
from tests.imports.bringing import BAKERY, make_register, write_rows

KILLS, ROWS = 12, 60
# Newer Pythons warn of forking beside threads; the child starts none of them again.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def command(path: Path) -> None:
    call_command(
        "import_organizations",
        str(path),
        source="example-register",
        apply=True,
        publish=True,
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )


def run_and_kill(path: Path, seconds: float) -> bool:
    """Run the command in another process and kill it; whether it had ended before."""
    connections.close_all()
    process = os.fork()
    if not process:
        try:
            command(path)
            os._exit(0)
        finally:
            os._exit(1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(process, os.WNOHANG)[0]:
            return True
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return False


def test_killed_at_any_moment_every_row_is_written_once(transactional_db, tmp_path, settings):
    settings.IMPORT_ROWS_AT_ONCE = 5
    make_register()
    towns = ["Alpha", "Beta", "Gamma", "Delta"]
    rows = [
        BAKERY
        | {"id": str(i), "name": f"Example {chr(65 + i % 26)}{i} works", "town": towns[i % 4]}
        for i in range(ROWS)
    ]
    path = write_rows(tmp_path, rows)
    chance = random.Random(6)

    killed = sum(not run_and_kill(path, chance.uniform(0.02, 0.5)) for _kill in range(KILLS))
    command(path)

    assert killed
    numbers = Counter(SourceRecord.objects.values_list("external_id", flat=True))
    staged = ImportRow.objects.filter(run=ImportRun.objects.order_by("pk").first())
    refused = staged.filter(outcome="duplicate").count()
    assert len(numbers) == ROWS - refused
    assert {*numbers.values()} == {1}
    assert Organization.objects.count() == Revision.objects.count() == ROWS - refused
    assert not ImportRow.objects.due().exists()
    assert Revision.objects.values("changeset").distinct().count() == 1

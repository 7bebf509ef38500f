"""Two writers and two readers at once: no entry of the log is lost, repeated or out of order."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from directory.models import Revision
from directory.search import live
from tests.factories import make_organization
from tests.search.following import found_by_words

ROUNDS = 8  # Of one writer: each adds, publishes and edits a listing, and takes one step back.
SECONDS = 600  # After which a process that hangs is a failure.


@pytest.fixture
def start(tmp_path):
    """Start a process on the test database, in a role of `tests.search.log_roles`."""
    running = []

    def begin(role: str, *arguments: str) -> subprocess.Popen:
        environment = os.environ | {"DATABASE_URL": database_url()}
        command = [sys.executable, "-m", "tests.search.log_roles", role, *arguments]
        running.append(
            subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
            )
        )
        return running[-1]

    yield begin
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def database_url() -> str:
    """The test database as an address, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user, password = quote(given["USER"]), quote(given["PASSWORD"])
    return f"postgres://{user}:{password}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def test_two_writers_and_two_readers_agree_on_every_entry(transactional_db, tmp_path, start):
    shared = make_organization("Shared")
    end = tmp_path / "end"
    readers = [start("follow_log", str(end)), start("follow_search", str(end))]
    writers = [start("write", name, str(ROUNDS), str(shared.pk)) for name in ("anna", "ben")]

    for writer in writers:
        assert writer.wait(SECONDS) == 0
    end.touch()
    by_log, by_search = (json.loads(reader.communicate(timeout=SECONDS)[0]) for reader in readers)

    everything = [*Revision.objects.order_by("sequence").values_list("sequence", "pk")]
    assert [sequence for sequence, _pk in everything] == [*range(1, len(everything) + 1)]
    assert [tuple(entry) for entry in by_log] == everything
    assert len(everything) == 2 + 2 * ROUNDS * 4
    assert by_search["sequences"] == sorted({*by_search["sequences"]})
    assert by_search["sequences"][-1] == everything[-1][0]
    assert by_search["names"] == names_made_anew()
    shared.refresh_from_db()
    assert shared.version == 2 + 2 * ROUNDS


def names_made_anew() -> dict[str, list[str]]:
    """What an index made anew finds by the words that the writers used."""
    live._state = None
    found = found_by_words()
    assert len(found["final"]) == 2 * ROUNDS
    return found

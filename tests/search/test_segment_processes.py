"""The index built by real processes, started, killed and followed from outside."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial

import pytest
from django.conf import settings as site
from django.db import connection

from directory.search import live, rebuilding, segments
from directory.search.engine import search, total
from directory.search.query import Query
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.search.segment_building import build_segment
from tests.factories import make_organization

pytestmark = pytest.mark.django_db(transaction=True)
COMMAND = [sys.executable, str(site.BASE_DIR / "manage.py"), "build_search_index"]
SECONDS = 600  # A build in the background gets what other processes leave.


def address_of_database() -> str:
    """The test database, as DATABASE_URL names it."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgres://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"


@pytest.fixture
def large(settings, tmp_path, monkeypatch):
    """A directory that counts as large, for this process and for those it starts."""
    settings.SEARCH_IN_MEMORY_MAX = 0
    settings.SEARCH_INDEX_DIR = tmp_path
    settings.SEARCH_BUILDS_ITSELF = False
    monkeypatch.setenv("DATABASE_URL", address_of_database())
    monkeypatch.setenv("SEARCH_IN_MEMORY_MAX", "0")
    monkeypatch.setenv("SEARCH_INDEX_DIR", str(tmp_path))
    live._state = None
    live._opener.__init__()
    yield segments.folder_of_database()
    live._state = None


def wait_until(is_done) -> None:
    for _ in range(SECONDS * 10):
        if is_done():
            return
        time.sleep(0.1)
    raise AssertionError(f"not done after {SECONDS} seconds")


def test_several_processes_build_what_one_does(large):
    made = [make_organization(f"Harbour {number}") for number in range(30)]

    build_segment(large, processes=2)

    assert {hit.organization_id for hit in search(Query(words="harbour", page_size=50)).hits} == {
        organization.pk for organization in made
    }


def test_a_build_that_is_killed_leaves_the_index_as_it_was(large):
    make_organization("Harbour Repair")
    build_segment(large, processes=1)
    before = segments.current_segment(large)
    chance = random.Random(4)

    for _ in range(4):
        build = subprocess.Popen(
            [*COMMAND, "--processes", "2"], stderr=subprocess.DEVNULL, start_new_session=True
        )
        wait_until(partial(has_begun, large, build))
        time.sleep(chance.uniform(0.0, 1.5))
        os.kill(build.pid, signal.SIGKILL)
        build.wait(SECONDS)

        assert (large / segments.CURRENT).read_text() in {before.name, *finished(large)}
        live._state = None
        assert total() == 1

    wait_until(lambda: not segments.is_being_built(large))
    build_segment(large, processes=1)
    folders = [path.name for path in large.iterdir() if path.is_dir()]
    assert folders == [segments.current_segment(large).name]


def has_begun(folder, build) -> bool:
    return segments.is_being_built(folder) or build.poll() is not None


def finished(folder) -> set[str]:
    """Segments that a build had finished before it was killed."""
    return {path.name for path in folder.glob(f"{segments.SEGMENT}*")}


def test_a_missing_index_is_built_in_the_background(large, settings):
    organization = make_organization("Harbour Repair")
    settings.SEARCH_BUILDS_ITSELF = True

    with pytest.raises(SearchIsBeingBuilt):
        total()
    wait_until(lambda: segments.stamp_of(large) is not None)

    assert {hit.organization_id for hit in search(Query(words="harbour")).hits} == {organization.pk}
    wait_until(lambda: all(process.poll() is not None for process in rebuilding._started))


def test_one_host_starts_one_build(large, settings):
    make_organization("Harbour Repair")
    settings.SEARCH_BUILDS_ITSELF = True

    for _ in range(3):
        with suppress(SearchIsBeingBuilt):  # Unless it is there already.
            total()

    assert len(rebuilding._started) == 1
    wait_until(lambda: all(process.poll() is not None for process in rebuilding._started))
    assert total() == 1

"""Fixtures that any test may ask for."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from directory.exchange.translations import compile_translations


def pytest_configure() -> None:
    """Pages speak four languages in the tests too."""
    compile_translations()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The test database, always: browser tests use it without a database mark of their own."""
    # A connection that a server's thread kept would hold the database against its removal.
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    with django_db_blocker.unblock():
        created = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        end_other_sessions()
        teardown_databases(created, verbosity=0)


def end_other_sessions() -> None:
    """End what a browser tab left open when it was closed in the middle of an answer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing slowly would be most of the run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_dumps(settings, tmp_path):
    """Files of everything that a test writes are nobody else's."""
    settings.DUMPS_DIR = str(tmp_path / "dumps")


@pytest.fixture
def taxonomy(db):
    """All terms that ship with the directory."""
    call_command("load_taxonomy", verbosity=0)


@pytest.fixture
def queries_of(client, db):
    """How many queries a GET of an address takes."""

    def count(url: str, **parameters) -> int:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, parameters)
        assert response.status_code == 200, response
        return len(captured)

    return count


@pytest.fixture(scope="session")
def standards() -> Path:
    """The folder of real schemas, kept beside a checkout; STANDARDS_DIR overrides."""
    folder = Path(
        os.environ.get("STANDARDS_DIR", settings.BASE_DIR.parent / "shared" / "standards")
    )
    if not folder.is_dir():
        pytest.skip("the real schemas are not here: set STANDARDS_DIR to their folder")
    return folder

"""The benchmark's own databases: made on first use, kept for the next run, never the directory's."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

FOLDER = settings.VAR_DIR / "benchmark"
MANAGE = settings.BASE_DIR / "manage.py"


def environment(organizations: int | str) -> dict[str, str]:
    """What makes a process use the database with so many listings, or of a name, and an index of
    its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    own = {
        "DATABASE_URL": _url(organizations),
        "SEARCH_INDEX_DIR": str(FOLDER / "search"),
        "API_RATE": "",  # One address asks for all.
        "LOG_LEVEL": "WARNING",
    }
    return {**settings.ENVIRONMENT, **own}


def prepare(organizations: int, variables: dict[str, str], *, name: str = "") -> None:
    """Make the database and its listings, as far as they are not there."""
    if connection.vendor == "postgresql":
        _create(_name(name or organizations))
    run(variables, "quickstart", "--no-demo")
    run(variables, "generate_organizations", str(organizations))


def drop(name: str) -> None:
    """Let a database be made anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(_name(name))}")
        return
    for suffix in ("", "-wal", "-shm"):
        (FOLDER / f"{name}.sqlite3{suffix}").unlink(missing_ok=True)


def run(variables: dict[str, str], *arguments: str) -> None:
    """Run a command of ours in a process of its own; what it says goes where ours goes."""
    subprocess.run([sys.executable, MANAGE, *arguments], env=variables, check=True)  # noqa: S603


def _name(organizations: int | str) -> str:
    return f"benchmark_{organizations}"


def _url(organizations: int | str) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(FOLDER) / f'{organizations}.sqlite3'}"
    at: dict[str, Any] = connection.settings_dict
    secret = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
    who = f"{quote(at['USER'], safe='')}{secret}@" if at["USER"] else ""
    port = f":{at['PORT']}" if at["PORT"] else ""
    return f"postgres://{who}{quote(at['HOST'], safe='')}{port}/{_name(organizations)}"


def _create(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")

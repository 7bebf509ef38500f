"""Which engine the database is, for what the two do differently."""

from types import ModuleType

from django.db import connection

from directory.search import engine_postgresql, engine_sqlite


def database_engine() -> ModuleType:
    """The module that does it the way of the database in use; both have the same functions."""
    return engine_postgresql if connection.vendor == "postgresql" else engine_sqlite

"""Inserting many rows: several times as fast as `bulk_create` makes and saves them."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, given as dictionaries of the same fields in the same order.

    A foreign key is given as a row id, a date also as text. Fields that are left out get what the
    database gives them: an id, or nothing.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [model._meta.get_field(name) for name in first]
    adapters = [_adapter(field) for field in fields]
    values = (
        [
            adapt(value) if adapt is not None else value
            for adapt, value in zip(adapters, row.values(), strict=True)
        ]
        for row in chain([first], rows)
    )
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(field.column) for field in fields]
    _write(table, columns, values)


def _write(table: str, columns: list[str], values: Iterator[list]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One insert after the other takes PostgreSQL three times as long.
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in values:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values))  # noqa: S608


def _adapter(field: models.Field) -> Callable | None:
    """What turns a value of the field into one that the database driver takes."""
    match field:
        case models.JSONField():
            return json.dumps
        case models.DateTimeField():
            return connection.ops.adapt_datetimefield_value
        case models.DateField():
            return lambda day: None if day is None else str(day)
        case _:
            return None

"""Questions that are composed once: for a few rows that takes longer than answering."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql import Query

Question = Callable[[Iterable[int]], QuerySet]
"""Gives the rows that belong to some row ids, which are its last condition, as `values_list`.

It must compare with no moment or other value that changes: it is composed once and kept.
"""


class Composed(NamedTuple):
    """The statement of a question, what it compares with before the ids, and what it reads."""

    statement: str
    compared: tuple[Any, ...]
    query: Query
    columns: list[Any]  # Empty where the database gives all values as they are.


def rows_of(question: Question, ids: Sequence[int]) -> list[Sequence[Any]]:
    """The rows of a question about these ids; none without ids.

    Raises ValueError where the ids are not the last condition of the question.
    """
    if not ids:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    composed = _composed(question, len(ids), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(composed.statement, [*composed.compared, *ids])
        rows = cursor.fetchall()
    if not composed.columns:
        return rows
    compiler = composed.query.get_compiler(connection=connection)
    return list(compiler.apply_converters(rows, compiler.get_converters(composed.columns)))


@lru_cache(maxsize=300)  # Six questions about up to forty listings, some two megabytes.
def _composed(question: Question, count: int, _vendor: str) -> Composed:
    stand_ins = range(-count, 0)  # No row has them.
    query = question(stand_ins).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    statement, values = compiler.as_sql()
    if [*values[-count:]] != [*stand_ins]:
        raise ValueError(f"The row ids must be the last condition of {question.__name__}.")
    columns = [column for column, _statement, _alias in compiler.select]
    read = columns if compiler.get_converters(columns) else []
    return Composed(statement, values[: len(values) - count], query, read)

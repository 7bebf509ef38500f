"""PostgreSQL at its best without another engine: tsvector, trigrams, arrays of terms, exact counts.

One wide table with the indexes it needs, made anew for each run beside the listings.
"""

from typing import Any

from django.db import connection

from directory.management.benchmarks.asking import Asked, around
from directory.management.benchmarks.plain_orm import terms
from directory.search.query import Box, Query

NAME = "postgres"
TABLE = "benchmark_document"
DOCUMENTS = """
    SELECT o.id, o.name, o.language, o.lifecycle, o.verification, o.last_confirmed_at,
           l.latitude, l.longitude, l.country,
           to_tsvector('simple', concat_ws(' ', o.name, o.legal_name, o.summary, o.description))
               AS words,
           ARRAY(SELECT c.term_id FROM directory_claim c WHERE c.organization_id = o.id) AS terms,
           ARRAY(SELECT s.source_id FROM directory_sourcerecord s WHERE s.organization_id = o.id)
               AS sources
    FROM directory_organization o
    LEFT JOIN LATERAL (
        SELECT latitude, longitude, country FROM directory_location
        WHERE organization_id = o.id ORDER BY position LIMIT 1
    ) l ON true
    WHERE o.publication = 'published'
"""
MAKE = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"DROP TABLE IF EXISTS {TABLE}",
    f"CREATE TABLE {TABLE} AS {DOCUMENTS}",
    f"CREATE INDEX ON {TABLE} USING gin (words)",
    f"CREATE INDEX ON {TABLE} USING gin (name gin_trgm_ops)",
    f"CREATE INDEX ON {TABLE} USING gin (terms)",
    f"CREATE INDEX ON {TABLE} (latitude, longitude)",
    f"CREATE INDEX ON {TABLE} (name, id)",
    f"ANALYZE {TABLE}",
)
# Every count of a page from one reading of what matches.
COUNTS = f"""
    WITH matched AS MATERIALIZED (SELECT * FROM {TABLE} WHERE {{where}})
    SELECT 'total', '', count(*) FROM matched
    UNION ALL SELECT 'term', t::text, count(*) FROM matched, unnest(terms) t GROUP BY 2
    UNION ALL SELECT 'source', s::text, count(*) FROM matched, unnest(sources) s GROUP BY 2
    UNION ALL SELECT 'country', country, count(*) FROM matched GROUP BY 2
    UNION ALL SELECT 'language', language, count(*) FROM matched GROUP BY 2
    UNION ALL SELECT 'lifecycle', lifecycle, count(*) FROM matched GROUP BY 2
    UNION ALL SELECT 'verification', verification::text, count(*) FROM matched GROUP BY 2
    UNION ALL SELECT 'cell', floor(longitude / %s) || ' ' || floor(latitude / %s), count(*)
        FROM matched WHERE {{view}} GROUP BY 2
"""  # noqa: S608
TERM_COUNTS = f"""
    SELECT t, count(*) FROM {TABLE}, unnest(terms) t WHERE {{where}} GROUP BY t
"""  # noqa: S608

Part = tuple[str, list[Any]]
"""A condition in SQL, and its values."""


def is_possible() -> bool:
    """Whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def prepare() -> None:
    """Make the table of the listings as they are now."""
    with connection.cursor() as cursor:
        for statement in MAKE:
            cursor.execute(statement)


def answer(asked: Asked) -> Any:
    """One page with all its counts, exact."""
    with connection.cursor() as cursor:
        if asked.typed:
            sql = f"SELECT name FROM {TABLE} WHERE name ILIKE %s ORDER BY name LIMIT 8"  # noqa: S608
            cursor.execute(sql, [f"%{asked.typed}%"])
            return cursor.fetchall()
        parts = conditions(asked)
        where, values = joined(list(parts.values()))
        view, view_values = inside(asked.view)
        size = max(((asked.view.east - asked.view.west) % 360.0 or 360.0) / 16, 0.001)
        cursor.execute(COUNTS.format(where=where, view=view), [*values, size, size, *view_values])
        found = cursor.fetchall()
        for facet in asked.query.facets:  # Its own choice does not narrow its counts.
            others, values = joined([part for name, part in parts.items() if name != facet])
            cursor.execute(TERM_COUNTS.format(where=others), values)
            found += cursor.fetchall()
        return found, page(cursor, asked.query, parts)


def page(cursor: Any, query: Query, parts: dict[str, Part]) -> list:
    """Twenty rows, the best first."""
    where, values = joined(list(parts.values()))
    order, order_values = "name, id", []
    if query.words:
        order, order_values = (
            "ts_rank(words, plainto_tsquery('simple', %s)) DESC, id",
            [query.words],
        )
    elif query.near:
        order = "(latitude - %s) ^ 2 + (longitude - %s) ^ 2, id"
        order_values = [query.near.latitude, query.near.longitude]
    sql = f"SELECT id FROM {TABLE} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608
    start = (query.page - 1) * query.page_size
    cursor.execute(sql, [*values, *order_values, query.page_size, start])
    return cursor.fetchall()


def conditions(asked: Asked) -> dict[str, Part]:
    """What narrows the search, by parameter."""
    query, parts = asked.query, {}
    if query.words and asked.shape == "misspelt word":
        parts["q"] = ("%s <% name".replace("<%", "<%%"), [query.words])
    elif query.words:
        parts["q"] = ("words @@ plainto_tsquery('simple', %s)", [query.words])
    for facet, choice in query.facets.items():
        parts[facet] = ("terms && %s::bigint[]", [terms(facet, choice.include)])
    if query.box:
        parts["bbox"] = inside(query.box)
    if query.near:
        parts["near"] = inside(around(query.near, query.radius_km))
    return parts


def inside(box: Box) -> Part:
    """That the point lies in a box."""
    both = "AND" if box.west <= box.east else "OR"
    columns = f"(longitude >= %s {both} longitude <= %s)"
    return f"latitude BETWEEN %s AND %s AND {columns}", [box.south, box.north, box.west, box.east]


def joined(parts: list[Part]) -> Part:
    """All of the conditions."""
    where = " AND ".join(f"({sql})" for sql, _values in parts) or "true"
    return where, [value for _sql, values in parts for value in values]

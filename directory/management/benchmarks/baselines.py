"""What people would search with instead, asked the same: icontains, and PostgreSQL full text.

Both are given more than a plain site would have: every word is looked for apart, and full text
knows the labels and synonyms of the terms in every language, folded as the judgements are.
"""

from collections.abc import Callable, Iterable

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from directory.management.benchmarks.gold import plain
from directory.models import Organization, vocabulary
from directory.search.gazetteer import Gazetteer
from directory.search.listings import Listing
from directory.search.phrases import Phrases, phrases_of
from directory.search.reading import all_listings

Search = Callable[[str], list[int]]  # words → row ids of the first ten, best first
FIRST = 10
FEW = 3  # Hits below which full text asks for similar names as well.
FIELDS = (
    "name legal_name summary locations__locality locations__region locations__place__name "
    "claims__term__labels__en"
).split()
TABLE = """
CREATE TEMPORARY TABLE benchmark_texts AS
SELECT id, name, setweight(to_tsvector('simple', name), 'A')
    || setweight(to_tsvector('simple', terms), 'B')
    || setweight(to_tsvector('simple', place), 'C')
    || setweight(to_tsvector('simple', texts), 'D') AS words
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS given(id, name, terms, place, texts)
"""
BY_WORDS = """
SELECT id FROM benchmark_texts, websearch_to_tsquery('simple', %s) AS asked
WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, id LIMIT 10
"""
BY_LIKENESS = """
SELECT id FROM benchmark_texts WHERE similarity(name, %s) > 0.3
ORDER BY similarity(name, %s) DESC, id LIMIT 10
"""


def icontains(words: str) -> list[int]:
    """Listings that hold every word somewhere, by name; -words are left out."""
    rows = Organization.objects.published()
    for word in words.replace('"', "").split():
        holds = Q()
        for field in FIELDS:
            holds |= Q(**{f"{field}__icontains": word.removeprefix("-")})
        having = Organization.objects.filter(holds).values("pk")
        rows = rows.exclude(pk__in=having) if word.startswith("-") else rows.filter(pk__in=having)
    return list(rows.order_by("name", "pk").values_list("pk", flat=True)[:FIRST])


def full_text() -> Search | str:
    """A search by PostgreSQL's full text and trigrams; or why there is none."""
    if connection.vendor != "postgresql":
        return "full text with trigrams needs PostgreSQL"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        return f"full text needs the extension pg_trgm: {error}"
    phrases = phrases_of(vocabulary())
    rows = [_texts(listing, phrases) for listing in all_listings(Gazetteer())]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS benchmark_texts")
        cursor.execute(TABLE, [list(column) for column in zip(*rows, strict=True)])
    return _by_full_text


def _texts(listing: Listing, phrases: Phrases) -> tuple[int, str, str, str, str]:
    keys = {above for key in listing.claims for above in phrases.with_ancestors(key)}
    terms = [name for key in sorted(keys) for name, _words in phrases.names[key]]
    place = [word for spot in listing.spots for word in spot.words]
    return (
        listing.organization_id,
        plain(listing.name),
        _joined([*listing.other_names, *terms]),
        _joined(place),
        _joined(listing.texts),
    )


def _joined(texts: Iterable[str]) -> str:
    return plain(" . ".join(texts))


def _by_full_text(words: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(BY_WORDS, [plain(words)])
        found = [pk for (pk,) in cursor.fetchall()]
        if len(found) < FEW:
            cursor.execute(BY_LIKENESS, [plain(words)] * 2)
            found += [pk for (pk,) in cursor.fetchall() if pk not in found]
    return found[:FIRST]

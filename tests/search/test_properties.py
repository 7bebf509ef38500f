"""Any sequence of changes and any question: the engine answers what the reference says.

The index is in memory, or a segment on disk. A short run is part of the suite, always the same.
`PROPERTY_EXAMPLES=2000` makes a long one, another each time; a failure prints how to repeat it.
"""

import datetime
import os
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from directory.search import counting, live, map_points
from directory.search.engine import clusters, search
from directory.search.query import Box, Cluster, Found, Query
from tests.search.reference.answers import Answer, answer
from tests.search.reference.changes import Change, changes, make_index_anew
from tests.search.reference.conditions import Conditions
from tests.search.reference.counting import clusters_of
from tests.search.reference.questions import boxes, queries
from tests.search.reference.small_world import make_small_world
from tests.search.reference.world import read_world

IS_LONG = "PROPERTY_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "45"))
bounded = bounds(
    derandomize=not IS_LONG,
    deadline=None,  # Speed is for the benchmark to measure.
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
steps = st.lists(st.tuples(changes(), queries()), min_size=1, max_size=5)
questions = st.lists(queries(), min_size=5, max_size=10)
views = st.tuples(boxes(), st.sampled_from([0, 3, 9, 17, 22]))


def answers_agree(steps: list[tuple[Change, Query]], asked: list[Query], view: tuple) -> None:
    """Ask after each change, and at the end of an index that grew and of one made anew."""
    with transaction.atomic():
        make_index_anew()
        for change, query in steps:
            change.happen()
            check_answer(query, answer(query))
        world = read_world()
        expected = [(query, answer(query, world)) for query in asked]
        mapped = [Query(), *asked[:2]]
        counted = [clusters_of(Conditions(world, query), *view) for query in mapped]
        for _grown_then_anew in range(2):
            for query, one in expected:
                check_answer(query, one)
            for query, some in zip(mapped, counted, strict=True):
                check_clusters(query, *view, some)
            make_index_anew()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("in_memory_max", "few", "examples"),
    [
        pytest.param(5_000, 0.3, EXAMPLES, id="in memory"),
        pytest.param(0, 1.0, EXAMPLES // 3, id="on disk"),
    ],
)
@time_machine.travel(datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC))  # No midnight comes.
def test_any_changes_and_any_question_are_answered_as_the_reference_answers(
    db, settings, monkeypatch, tmp_path, in_memory_max, few, examples
):
    monkeypatch.setattr(counting, "FEW", few)  # Of so small a world none would be.
    monkeypatch.setattr(counting, "WORTH_COMPARING", 1)
    monkeypatch.setattr(map_points, "FEW", few)
    settings.CLUSTERS_MAX = 4
    settings.SEARCH_IN_MEMORY_MAX = in_memory_max
    settings.SEARCH_INDEX_DIR = tmp_path
    settings.SEARCH_BUILDS_ITSELF = False
    make_small_world()

    agree = given(steps=steps, asked=questions, view=views)(answers_agree)
    bounds(bounded, max_examples=examples)(agree)()

    live._state = None
    live._opener.__init__()


def check_answer(query: Query, expected: Answer) -> None:
    """Totals, order, distances, facet counts and pages."""
    found = search(query)
    assert shown(found) == {
        "total": expected.total,
        "sort": expected.sort,
        "pages": expected.pages,
        "page": expected.page,
        "where": expected.where,
        "without_point": expected.without_point,
        "distances": rounded(expected.distances),
        "facets": expected.facets,
    }


def shown(found: Found) -> dict[str, Any]:
    """What the engine said, in the words of the reference."""
    return {
        "total": found.total,
        "sort": found.sort,
        "pages": found.pages,
        "page": [hit.organization_id for hit in found.hits],
        "where": [hit.where for hit in found.hits],
        "without_point": found.without_point,
        "distances": rounded([hit.distance_km for hit in found.hits]),
        "facets": {
            facet: {value.code: value.count for value in values}
            for facet, values in found.facets.items()
        },
    }


def rounded(distances: list[float | None]) -> list[float | None]:
    """To decimetres: two formulas differ in the last digits."""
    return [None if distance is None else round(distance, 4) for distance in distances]


def check_clusters(query: Query, box: Box, zoom: int, expected: list[tuple]) -> None:
    """Exact counts, the middle and the box of each cluster."""
    found = sorted(map(plain, clusters(query, box, zoom)), key=repr)
    assert [exact for *exact, _middle in found] == [exact for *exact, _middle in expected]
    for (*_exact, middle), (*_expected, other) in zip(found, expected, strict=True):
        assert middle == pytest.approx(other)


def plain(cluster: Cluster) -> tuple:
    """A cluster as the reference counts it."""
    south, north = cluster.box.south, cluster.box.north
    middle = (cluster.latitude, cluster.longitude)
    return (cluster.count, cluster.organization_id, south, north, middle)

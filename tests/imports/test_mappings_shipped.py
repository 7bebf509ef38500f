"""The mappings that ship, on the very files that they are for."""

from collections import Counter
from itertools import islice

import pytest

from directory.exchange.mappings import ProblemKind, Reader, shipped
from directory.exchange.tables import open_table
from tests.factories import make_source
from tests.imports.real_files import FILES

# Of 26,020 rows; all of them take longer than a test may.
EVERY = {"combined": 10}
# Rows in, documents, rows that are not meant, rows refused.
COUNTS = {
    "coops_uk_2023_geo": (7387, 7387, 0, 0),
    "ncua_2025q3": (4331, 4331, 0, 0),
    "togo_coops": (6859, 6859, 0, 0),
    "german_worker_coops": (60, 60, 0, 0),
    "german_worker_coops_json": (62, 62, 0, 0),
    "eia861_2018": (2294, 806, 1488, 0),
    "combined": (2602, 2602, 0, 0),
}


def test_every_mapping_that_ships_is_one():
    assert set(shipped()) == set(FILES)
    assert [mapping.name for mapping in shipped().values()] == list(shipped())


@pytest.mark.reference
@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_real_register_is_read(registers, taxonomy, name):
    make_source()
    mapping = shipped()[name]
    table = open_table(registers / FILES[name], **mapping.layout())
    whole, every = table.walk, EVERY.get(name, 1)
    table.walk = lambda: islice(whole(), 0, None, every)
    counted: Counter = Counter()

    for row in Reader(mapping, "example-register").rows(table):
        kinds = {problem.kind for problem in row.problems}
        kind = "not meant" if ProblemKind.NOT_MEANT in kinds else "refused"
        counted["document" if row.document else kind] += 1
        assert row.document or row.problems
        assert not row.document or (row.document["summary"] and row.document["claims"])

    rows = sum(counted.values())
    assert (rows, counted["document"], counted["not meant"], counted["refused"]) == COUNTS[name]

"""Which listings are found to be compared: those that share a key that few have."""

import random
from collections import defaultdict

import pytest

from directory.search.matching import blocking
from directory.search.matching.blocking import (
    COMPARED_MOST,
    ENTERED_MOST,
    SHARED_BY_MOST,
    BlockingTable,
)

SITE = ("w", "shop.example")


def test_a_key_finds_listings_until_too_many_share_it():
    table = BlockingTable()
    with table.filling() as enter:
        enter(0, [SITE])
    others = ENTERED_MOST // SHARED_BY_MOST + 100  # So many that what was entered is sorted in.
    for row in range(1, SHARED_BY_MOST):
        table.add(row, [SITE, *[("r", f"{row} {number}") for number in range(others)]])

    assert table.sharing([SITE]) == [*range(COMPARED_MOST)]
    assert table.sharing([("w", "another.example"), ("n", "GB-COH 1")]) == []
    assert table.count(SITE) == SHARED_BY_MOST

    table.add(SHARED_BY_MOST, [SITE])

    assert table.sharing([SITE]) == []
    assert table.count(SITE) > SHARED_BY_MOST


@pytest.mark.parametrize("is_filled_at_once", [True, False])
def test_of_a_key_that_many_share_few_are_kept_and_of_others_all(monkeypatch, is_filled_at_once):
    for name, value in {"SHARED_BY_MOST": 3, "TOLD_MOST": 4, "COMPARED_MOST": 50}.items():
        monkeypatch.setattr(blocking, name, value)
    for name in ("FILLED_LEAST", "ENTERED_MOST"):  # So that it is sorted in several times.
        monkeypatch.setattr(blocking, name, 40)
    chance, table, known = random.Random(5), BlockingTable(), defaultdict(list)
    rows = [[("w", f"{int(chance.expovariate(0.1))}.example")] for _row in range(300)]
    for row, (key,) in enumerate(rows):
        known[key].append(row)

    if is_filled_at_once:
        with table.filling() as enter:
            for row, keys in enumerate(rows):
                enter(row, keys)
    else:
        for row, keys in enumerate(rows):
            table.add(row, keys)
            table.add(row, keys)  # Said twice, it is there once.

    assert {*map(len, known.values())} >= {1, 2, 3, 4}
    assert len(known["w", "0.example"]) > 20
    for key, listings in known.items():
        few = len(listings) <= 3
        assert table.sharing([key]) == (listings if few else [])
        assert table.count(key) == len(listings) if few else 3 < table.count(key) <= 7

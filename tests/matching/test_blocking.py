"""Which listings are found to be compared: those that share a key that few have."""

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

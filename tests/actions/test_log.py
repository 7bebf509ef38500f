"""The log is gapless and in the order of commits, also when many write at once."""

import threading

import pytest
from django.db import connection, transaction

from directory.actions import organizations
from directory.actions.log import next_sequence
from directory.models import Door, Organization, Revision
from tests.factories import make_document, make_organization

WRITERS, WRITES = 4, 5


@pytest.mark.django_db
def test_every_change_takes_the_next_number():
    listing = make_organization()
    organizations.unpublish(listing, by=None, door=Door.COMMAND)

    numbers = list(Revision.objects.order_by("sequence").values_list("sequence", "kind"))

    first = numbers[0][0]
    assert numbers == [(first, "added"), (first + 1, "published"), (first + 2, "unpublished")]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_gap():
    make_organization()
    before = Revision.objects.newest_first()[0].sequence

    with transaction.atomic():
        make_organization()
        transaction.set_rollback(True)

    make_organization(published=False)
    assert Revision.objects.newest_first()[0].sequence == before + 1


@pytest.mark.django_db
def test_a_range_of_numbers_can_be_taken_at_once():
    first = next_sequence(10)

    assert next_sequence() == first + 10


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_leave_no_gap_and_lose_nothing():
    documents = [make_document() for _ in range(WRITERS * WRITES)]
    failures = []

    def write(mine: list[dict]) -> None:
        try:
            for document in mine:
                organizations.add(document, by=None, door=Door.API)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=(documents[i::WRITERS],)) for i in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = list(Revision.objects.order_by("sequence").values_list("sequence", flat=True))
    assert failures == []
    assert Organization.objects.count() == WRITERS * WRITES
    assert numbers == list(range(numbers[0], numbers[0] + WRITERS * WRITES))

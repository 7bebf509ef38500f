"""Pairs are found, kept once, and what was decided about them is remembered."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.actions import duplicates, jobs, organizations
from directory.actions.duplicates import NotWaiting
from directory.exchange.jobs import WORKS
from directory.exchange.work import Worker
from directory.models import Door, Duplicate, DuplicateStatus, Job, Organization
from directory.search.matching import Matcher
from tests.factories import make_organization, make_user
from tests.merges.steps import document, merge

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str, str]]:
    rows = Duplicate.objects.select_related("first", "second").order_by("pk")
    return [(row.first.name, row.second.name, row.status) for row in rows]


def find_all() -> str:
    out = StringIO()
    call_command("find_duplicates", "--sure", stdout=out, stderr=StringIO())
    return out.getvalue()


def find_changed() -> None:
    """What the background work does for listings that changed, whenever it is due again."""
    Job.objects.filter(name="duplicates").update(next_run_at=timezone.now())
    Worker([work for work in WORKS if work.name == "duplicates"]).run_due()


def twins() -> tuple[Organization, Organization]:
    return make_organization("Anacostia Bread"), make_organization("Anacostia Bread Co-op")


def edit(listing: Organization, **fields) -> None:
    organizations.edit(listing, document(listing) | fields, by=None, door=Door.ADMIN)


def test_all_listings_are_compared_and_a_pair_is_kept_once():
    twins()
    make_organization("Something else entirely")

    said = find_all()
    find_all()

    assert found() == [("Anacostia Bread", "Anacostia Bread Co-op", "suggested")]
    assert "3 listings compared, 1 pairs wait, 1 of them sure" in said
    assert "anacostia-bread" in said


def test_the_work_is_kept_while_all_listings_are_loaded_and_lost_to_who_takes_it(settings):
    settings.JOB_LEASE_SECONDS = 0
    jobs.enlist(["duplicates"])
    job = jobs.take(["duplicates"], now=timezone.now())
    twins()
    pieces = next(work for work in WORKS if work.name == "duplicates").run(job)

    next(pieces)

    kept = Job.objects.get(name="duplicates")
    assert kept.lease_until > job.lease_until
    assert kept.attempts == 1  # Whatever ends its worker while it loads is not tried for ever.
    things = jobs.held_while(job, "abc")
    Job.objects.filter(pk=job.pk).update(lease="another")
    with pytest.raises(jobs.LeaseLost):
        next(things)


def test_what_is_not_found_any_more_is_forgotten_unless_it_was_decided():
    one, other = twins()
    third = make_organization("Anacostia Bread Society")
    find_all()
    pair = Duplicate.objects.between(one.pk, other.pk).get()
    duplicates.say_not_duplicate(pair, by=None)
    for number, listing in enumerate((one, third)):
        edit(listing, name=f"Something else {number}")

    find_all()

    assert [row[2] for row in found()] == ["not_duplicate"]


def test_pairs_of_listings_that_are_gone_wait_for_nobody():
    pairs = [Duplicate.objects.create(first=a, second=b, score=0.9) for a, b in (twins(), twins())]
    merge(pairs[0].first, make_organization("Harrier House"))

    assert duplicates.forget_merged() == 1
    assert [*Duplicate.objects.all()] == pairs[1:]


def test_the_background_work_compares_what_changed():
    one, other = make_organization("Anacostia Bread"), make_organization("Harrier House")
    find_changed()
    assert found() == []

    edit(other, name="Anacostia Bread House")
    find_changed()

    assert [row[:2] for row in found()] == [("Anacostia Bread", "Anacostia Bread House")]
    edit(one, name="Something else entirely")
    find_changed()
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_listings_are_loaded_before_the_transaction_and_only_if_something_changed():
    make_organization("Anacostia Bread")
    are_locked = []

    def watch(execute, sql, params, many, context):
        if 'FROM "directory_organization"' in sql and '"legal_name"' in sql:
            are_locked.append(connection.in_atomic_block)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        find_changed()
        # All, until there are no more; then what changed, while nobody else writes.
        assert are_locked == [False, False, True, True]
        find_changed()

    assert len(are_locked) == 4


def test_two_that_came_or_changed_after_the_matcher_was_loaded_meet_each_other():
    old = make_organization("Harrier House")
    matcher = Matcher()
    new = make_organization("Anacostia Bread")
    edit(old, name="Anacostia Bread Co-op")

    assert duplicates.find_changed(matcher, [new.pk, old.pk]) == 1


def test_not_a_duplicate_is_remembered_until_there_is_more_to_say():
    one, other = twins()
    find_all()
    pair, person = Duplicate.objects.get(), make_user(is_editor=True)
    duplicates.say_not_duplicate(pair, by=person)

    edit(one, founded="1998")
    find_all()
    pair.refresh_from_db()
    assert (pair.status, pair.decided_by) == (DuplicateStatus.NOT_DUPLICATE, person)

    for listing in (one, other):
        edit(listing, phone="+12025550142")
    find_all()
    pair.refresh_from_db()
    assert (pair.status, pair.decided_at) == (DuplicateStatus.SUGGESTED, None)
    assert any(each["kind"] == "phone" for each in pair.evidence)


def test_a_pair_is_decided_once():
    twins()
    find_all()
    pair = Duplicate.objects.get()
    duplicates.say_not_duplicate(pair, by=None)

    with pytest.raises(NotWaiting, match="Not a duplicate"):
        duplicates.say_not_duplicate(pair, by=None)


def test_what_was_merged_waits_no_longer():
    one, other = twins()
    third = make_organization("Anacostia Bread Society")
    find_all()

    merge(other, one)
    find_all()

    assert {(first, second) for first, second, status in found() if status == "suggested"} == {
        (one.name, third.name)
    }


def test_ending_in_the_middle_loses_nothing():
    twins()
    run = duplicates.find_all(Matcher())

    next(run)
    run.close()

    assert len(found()) == 1

"""Merges that cross, and merges while others write: no orphan, no circle, nothing lost."""

import pytest

from directory.actions import merges, organizations, proposals
from directory.actions.merges import NotMergeable
from directory.actions.organizations import EditConflict, MergedAway
from directory.actions.proposals import Sender
from directory.models import Door, Merge, Organization, ReportReason, Revision
from tests.at_once import at_once
from tests.factories import make_organization
from tests.merges.steps import document

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def merge_of(absorbed: int, kept: int):
    """Merge the two as two editors would, each with rows of their own."""
    return lambda: merges.merge(
        Organization.objects.get(pk=absorbed),
        into=Organization.objects.get(pk=kept),
        by=None,
        door=Door.ADMIN,
    )


def standing() -> list[Organization]:
    """The listings that are left; every other one leads to one of them."""
    rows = list(Organization.objects.order_by("pk"))
    left = [row for row in rows if not row.is_merged]
    assert all(row.remaining in left for row in rows)
    assert Merge.objects.count() == len(rows) - len(left)
    return left


def test_of_merges_that_cross_one_is_done_and_the_other_told():
    for number in range(ROUNDS):
        one, other = (make_organization(f"Kestrel {number} {side}").pk for side in "ab")

        failures = at_once(merge_of(one, other), merge_of(other, one))

        assert [type(failure) for failure in failures] == [NotMergeable]
    assert len(standing()) == ROUNDS


def test_a_ring_of_merges_leaves_a_listing_and_no_circle():
    ring = [make_organization(f"Kestrel {side}").pk for side in "abcd"]

    at_once(*(merge_of(one, ring[i - 1]) for i, one in enumerate(ring)))

    left = standing()
    names = {left[0].name, *document(left[0])["other_names"]} if len(left) == 1 else set()
    assert left
    assert len(left) > 1 or names == {f"Kestrel {side}" for side in "abcd"}


def test_an_edit_during_a_merge_is_in_it_or_refused():
    for number in range(ROUNDS):
        gone, kept = (make_organization(f"Kestrel {number} {side}") for side in "ab")
        changed = document(gone) | {"founded": "1998"}

        failures = at_once(
            merge_of(gone.pk, kept.pk),
            lambda gone=gone, changed=changed: organizations.edit(
                Organization.objects.get(pk=gone.pk), changed, by=None, door=Door.ADMIN
            ),
        )

        assert {type(failure) for failure in failures} <= {MergedAway}
        assert document(kept)["founded"] == ("" if failures else "1998")


def test_an_edit_of_the_one_that_stays_is_not_overwritten():
    for number in range(ROUNDS):
        gone, kept = (make_organization(f"Kestrel {number} {side}") for side in "ab")
        changed = document(kept) | {"founded": "1998"}

        failures = at_once(
            merge_of(gone.pk, kept.pk),
            lambda kept=kept, changed=changed: organizations.edit(
                Organization.objects.get(pk=kept.pk),
                changed,
                by=None,
                door=Door.ADMIN,
                expected_version=kept.version,
            ),
        )

        found = document(kept)
        assert {type(failure) for failure in failures} <= {EditConflict}
        assert found["founded"] == ("" if failures else "1998")
        assert gone.name in found["other_names"]


def test_what_a_visitor_reports_during_a_merge_waits_at_the_listing_that_stays():
    gone, kept = make_organization("Kestrel"), make_organization("Harrier")

    failures = at_once(
        merge_of(gone.pk, kept.pk),
        *[
            lambda: proposals.report(
                Organization.objects.get(pk=gone.pk), ReportReason.MOVED, sender=Sender("en")
            )
            for _number in range(3)
        ],
    )

    assert failures == []
    assert kept.proposals.open().count() == 3


def test_a_source_read_in_during_a_merge_adds_to_one_listing_or_is_refused():
    """An import writes by the row that has the source's number."""
    for number in range(ROUNDS):
        gone, kept = (make_organization(f"Kestrel {number} {side}") for side in "ab")
        external = gone.source_records.get().external_id

        def read_in(external: str = external) -> None:
            row = Organization.objects.get(source_records__external_id=external)
            changed = document(row) | {"phone": "+12025550142"}
            organizations.edit(
                row, changed, by=None, door=Door.IMPORT, expected_version=row.version
            )

        failures = at_once(merge_of(gone.pk, kept.pk), read_in)

        assert {type(failure) for failure in failures} <= {MergedAway, EditConflict}
        assert document(kept)["phone"] == ("" if failures else "+12025550142")
    numbers = [*Revision.objects.order_by("sequence").values_list("sequence", flat=True)]
    assert numbers == [*range(1, len(numbers) + 1)]

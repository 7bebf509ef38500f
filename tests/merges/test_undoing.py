"""A merge is undone for both listings or for neither, with all that went over."""

import pytest
from django.utils import timezone

from directory.actions import networks, organizations, proposals, undo
from directory.actions.confirmations import verify
from directory.actions.proposals import Sender
from directory.models import (
    Door,
    Duplicate,
    Organization,
    Publication,
    ReportReason,
    VerificationLevel,
)
from tests.factories import make_network, make_organization, make_user
from tests.merges.steps import document, merge, unmerge

pytestmark = pytest.mark.django_db


def links(listing: Organization) -> list[list[int]]:
    """All that hangs on a listing, by row."""
    names = "verification_events fact_confirmations memberships approvals proposals spokespeople"
    return [sorted(getattr(listing, n).values_list("pk", flat=True)) for n in names.split()]


def laden(name: str) -> Organization:
    listing = make_organization(name, identifiers=[{"scheme": "XX-EXAMPLE", "value": name}])
    today = timezone.localdate()
    verify(listing, level=VerificationLevel.EDITOR_CHECKED, on=today, by=None, door=Door.ADMIN)
    networks.join(make_network(f"Network of {name}"), listing, by=None, door=Door.ADMIN)
    listing.spokespeople.create(person=make_user(role="enterprise"), proof="mail")
    proposals.report(listing, ReportReason.CLOSED, sender=Sender("en"))
    listing.refresh_from_db()
    return listing


def test_undoing_restores_both_with_all_their_links():
    kept, gone = laden("Kestrel"), laden("Harrier")
    before = [(document(each), links(each), each.verification) for each in (kept, gone)]

    done = unmerge(merge(gone, kept))

    assert (done.count, done.refused) == (2, [])
    for listing in (kept, gone):
        listing.refresh_from_db()
    assert [(document(each), links(each), each.verification) for each in (kept, gone)] == before
    assert gone.publication == Publication.PUBLISHED
    assert gone.merged_into is None


def test_what_was_changed_since_stays():
    kept, gone = make_organization("Kestrel"), make_organization("Harrier")
    made = merge(gone, kept)
    organizations.edit(kept, document(kept) | {"founded": "1998"}, by=None, door=Door.ADMIN)

    unmerge(made)

    assert document(kept)["founded"] == "1998"
    assert document(kept)["other_names"] == []


def test_a_source_number_goes_back_though_its_record_was_changed_since():
    kept, gone = make_organization("Kestrel"), make_organization("Harrier")
    [number] = [record["external_id"] for record in document(gone)["sources"]]
    made = merge(gone, kept)
    now = document(kept)
    read_anew = [record | {"fetched_on": "2026-01-02"} for record in now["sources"]]
    organizations.edit(kept, now | {"sources": read_anew}, by=None, door=Door.ADMIN)

    done = undo.revert_changeset(made.changeset, by=None, door=Door.ADMIN, keeping=True)

    listings = Organization.objects.filter(source_records__external_id=number)
    assert (done.refused, [*listings]) == ([], [gone])


def test_neither_is_undone_where_one_cannot_be():
    kept, gone, third = (make_organization(name) for name in ("Kestrel", "Harrier", "Merlin"))
    made = merge(gone, kept)
    later = merge(kept, third)

    refused = unmerge(made)
    gone.refresh_from_db()

    assert (refused.count, gone.is_merged) == (0, True)
    assert "undo that first" in refused.refused[0][1]
    assert unmerge(later).count == 2
    assert unmerge(made).count == 2


def test_one_side_alone_is_not_undone():
    kept, gone = make_organization("Kestrel"), make_organization("Harrier")
    made = merge(gone, kept)

    for revision in made.changeset.revisions.all():
        with pytest.raises(undo.NotUndoable, match="two listings"):
            undo.revert_revision(revision, by=None, door=Door.ADMIN)


def test_a_merge_that_was_undone_is_made_again_not_undone_twice():
    kept, gone = make_organization("Kestrel"), make_organization("Harrier")
    back = unmerge(merge(gone, kept))

    again = undo.revert_changeset(back.changeset, by=None, door=Door.ADMIN)

    assert again.count == 0
    assert any("Merge the two again" in why for _listing, why in again.refused)
    assert document(kept)["other_names"] == []
    for listing in (kept, gone):
        listing.refresh_from_db()
    assert merge(gone, kept).moved == {}


def test_the_pair_waits_for_a_decision_again():
    kept, gone = make_organization("Kestrel"), make_organization("Harrier")
    pair = Duplicate.objects.create(first=kept, second=gone, score=0.9)
    made = merge(gone, kept)
    pair.refresh_from_db()
    assert pair.status == "merged"

    unmerge(made)

    assert [*Duplicate.objects.waiting()] == [pair]

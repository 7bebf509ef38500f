"""A merge tells nobody what either side hid, and lists nobody who is not to be listed."""

import pytest

from directory.actions import exclusions, organizations
from directory.actions.merges import NotMergeable
from directory.models import Door
from tests.factories import make_organization
from tests.merges.steps import document, merge

pytestmark = pytest.mark.django_db


def test_a_hidden_address_stays_hidden_though_the_other_tells_it():
    here = {"place": "us/maryland/takoma-park", "country": "US", "street": "1 Example St"}
    kept = make_organization("Kestrel", locations=[here | {"precision": "hidden"}])
    gone = make_organization("Kestrel House", locations=[here])

    merge(gone, kept)

    assert [place["precision"] for place in document(kept)["locations"]] == ["hidden"]


@pytest.mark.parametrize("takes", [{}, {"locations": "take"}, {"locations": "both"}])
@pytest.mark.parametrize("street", ["1 Example St", "1, Example Street"])
def test_what_either_hides_is_not_on_the_site_by_a_merge(takes, street):
    town = {"place": "us/maryland/takoma-park", "country": "US"}
    hidden = town | {"street": "1 Example St", "precision": "hidden"}
    kept = make_organization("Kestrel", locations=[hidden])
    gone = make_organization("Kestrel House", locations=[town | {"street": street}])

    merge(gone, kept, takes=takes)

    assert {place["precision"] for place in document(kept)["locations"]} == {"hidden"}


def test_an_address_that_the_other_hides_is_hidden_where_both_are_taken():
    here = {"place": "us/maryland/takoma-park", "country": "US", "street": "1 Example St"}
    kept = make_organization("Kestrel", locations=[here])
    gone = make_organization("Kestrel House", locations=[here | {"precision": "hidden"}])

    merge(gone, kept, takes={"locations": "both"})

    assert [place["precision"] for place in document(kept)["locations"]] == ["hidden"]


def test_who_wished_to_be_taken_down_or_must_not_be_listed_is_not_merged_onto_the_site():
    kept, gone = make_organization("Kestrel"), make_organization("House", phone="+12025550142")
    other = make_organization("Harrier", phone="+12025550143")
    organizations.withdraw(gone, by=None, door=Door.ADMIN)
    exclusions.exclude(document(other), by=None, reason="Asked for it")

    with pytest.raises(NotMergeable, match="the enterprise wishes it"):
        merge(gone, kept)
    with pytest.raises(exclusions.Excluded):
        merge(other, kept)

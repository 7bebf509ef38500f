"""Three documents side by side: nothing that somebody else did is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.documents import choices, merged

EMPTY = {
    "name": "",
    "other_names": [],
    "locations": [],
    "claims": [],
    "links": [],
    "governance": {},
}


def document(**fields) -> dict:
    return EMPTY | {"name": "Example Bakery"} | fields


def location(street: str = "1 Example Street", **fields) -> dict:
    return {
        "street": street,
        "locality": "Takoma Park",
        "place": "us/maryland/takoma-park",
        "precision": "exact",
        "opening_hours": "",
        "latitude": None,
        "longitude": None,
    } | fields


def claim(code: str, **fields) -> dict:
    return {"scheme": "type", "code": code, "asserted_by": "editor", "statement": ""} | fields


def accepted(base: dict, theirs: dict, present: dict, *fields: str) -> dict:
    """The present document with the chosen fields (all, if none is named) taken over."""
    found = choices(base, theirs, present)
    return merged(present, [c for c in found if not fields or c.field in fields])


def test_only_what_was_proposed_changes():
    base = document(website="http://example.org", phone="+12025550142")
    present = base | {"phone": "+12025550199"}

    result = accepted(base, base | {"website": "https://example.org"}, present)

    assert result == present | {"website": "https://example.org"}


def test_a_piece_that_was_not_chosen_stays_as_it_is():
    base = document(website="", summary="Bread")
    theirs = base | {"website": "https://example.org", "summary": "Bread and cake"}

    assert accepted(base, theirs, base, "summary") == base | {"summary": "Bread and cake"}


def test_both_changing_the_same_piece_is_a_conflict_and_both_the_same_is_done():
    base = document(summary="Bread")
    theirs = base | {"summary": "Bread and cake"}

    [other] = choices(base, theirs, base | {"summary": "Bread and tea"})
    [same] = choices(base, theirs, theirs)

    assert (other.is_conflict, other.is_done) == (True, False)
    assert (other.base, other.theirs, other.present) == ("Bread", "Bread and cake", "Bread and tea")
    assert (same.is_conflict, same.is_done) == (False, True)


def test_the_hours_of_an_address_are_found_again_after_another_was_put_before_it():
    base = document(locations=[location()])
    theirs = document(locations=[location(opening_hours="Mo-Fr 09:00-17:00")])
    hidden = location("9 Secret Lane", precision="hidden", place="us/maryland")
    present = document(locations=[hidden, location()])

    result = accepted(base, theirs, present)

    assert result["locations"] == [hidden, location(opening_hours="Mo-Fr 09:00-17:00")]


def test_the_members_of_an_address_are_one_piece_and_its_hours_another():
    base = document(locations=[location(latitude=38.9, longitude=-77.0)])
    theirs = document(
        locations=[location("2 Other Street", postcode="20912", opening_hours="24/7")]
    )

    found = choices(base, theirs, base)

    assert [choice.path for choice in found] == [
        ("locations", 0),
        ("locations", 0, "opening_hours"),
    ]
    assert accepted(base, theirs, base)["locations"][0]["latitude"] is None


def test_an_address_that_is_gone_by_now_comes_back_only_if_that_is_chosen():
    base = document(locations=[location()])
    theirs = document(locations=[location(opening_hours="24/7")])

    [choice] = choices(base, theirs, document())

    assert choice.is_conflict
    assert merged(document(), [choice])["locations"] == theirs["locations"]


def test_pieces_of_an_address_that_is_gone_put_it_back_once():
    base = document(locations=[location()])
    theirs = document(locations=[location(opening_hours="24/7", precision="town")])

    result = accepted(base, theirs, document())

    assert result["locations"] == theirs["locations"]


def test_codes_do_not_depend_on_the_order_in_which_a_database_gives_fields_back():
    base, theirs = document(), document(website="a", summary="b", governance={"y": "1", "x": "2"})
    turned = {name: theirs[name] for name in reversed(theirs)} | {
        "governance": {"x": "2", "y": "1"}
    }

    assert [(c.code, c.path) for c in choices(base, theirs, base)] == [
        (c.code, c.path) for c in choices(base, turned, base)
    ]


def test_a_claim_is_known_by_what_it_says_and_who_says_so():
    base = document(claims=[claim("bakery"), claim("cafe")])
    theirs = document(claims=[claim("cafe"), claim("timebank")])
    present = document(claims=[claim("repair"), claim("bakery"), claim("cafe", statement="Tea")])

    result = accepted(base, theirs, present)

    assert result["claims"] == [claim("repair"), claim("cafe", statement="Tea"), claim("timebank")]


def test_a_part_that_both_added_is_there_once():
    base, theirs = document(), document(claims=[claim("bakery")], locations=[location()])

    assert accepted(base, theirs, theirs) == theirs
    assert all(choice.is_done for choice in choices(base, theirs, theirs))


def test_names_that_both_added_to_are_all_kept():
    base = document(other_names=["Old", "Older"])
    theirs = document(other_names=["Old", "New"])

    result = accepted(base, theirs, document(other_names=["Old", "Older", "Mine"]))

    assert result["other_names"] == ["Old", "Mine", "New"]


def test_an_answer_about_governance_is_a_piece_of_its_own():
    base = document(governance={"owner": "workers"})
    theirs = document(governance={"owner": "members", "vote": "one"})

    result = accepted(base, theirs, document(governance={"owner": "workers", "size": 3}))

    assert result["governance"] == {"owner": "members", "vote": "one", "size": 3}


def test_a_new_listing_is_a_change_of_nothing():
    theirs = document(claims=[claim("bakery")], locations=[location()])

    result = merged({}, choices({}, theirs, {}))

    assert {name: result[name] for name in ("name", "claims", "locations")} == {
        name: theirs[name] for name in ("name", "claims", "locations")
    }


TEXT = st.sampled_from(["", "a", "b", "c"])
LOCATIONS = st.lists(
    st.builds(location, street=TEXT, opening_hours=TEXT), max_size=3, unique_by=repr
)
CLAIMS = st.lists(
    st.builds(claim, st.sampled_from("xyz"), statement=TEXT),
    max_size=3,
    unique_by=lambda c: c["code"],
)
DOCUMENTS = st.builds(
    document,
    summary=TEXT,
    website=TEXT,
    locations=LOCATIONS,
    claims=CLAIMS,
    other_names=st.lists(st.sampled_from("pqr"), unique=True),
)


# A busy machine is slow, not wrong.
BOUNDED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@BOUNDED
@given(base=DOCUMENTS, theirs=DOCUMENTS)
def test_whatever_is_proposed_all_of_it_taken_over_says_the_same(base, theirs):
    result = accepted(base, theirs, base)

    for name in ("claims", "locations", "other_names"):
        assert sorted(map(repr, result[name])) == sorted(map(repr, theirs[name]))
    assert (result["summary"], result["website"]) == (theirs["summary"], theirs["website"])


@BOUNDED
@given(base=DOCUMENTS, theirs=DOCUMENTS, present=DOCUMENTS)
def test_whatever_was_chosen_nothing_is_as_good_as_nothing_proposed(base, theirs, present):
    choices(base, theirs, present)

    assert merged(present, []) == present


@BOUNDED
@given(base=DOCUMENTS, theirs=DOCUMENTS, present=DOCUMENTS)
def test_the_codes_of_pieces_do_not_depend_on_what_the_listing_says_now(base, theirs, present):
    now = [(choice.code, choice.field) for choice in choices(base, theirs, present)]

    assert now == [(choice.code, choice.field) for choice in choices(base, theirs, base)]


@pytest.mark.parametrize("field", ["summary", "website"])
def test_a_field_emptied_by_the_sender_is_emptied(field):
    base = document(**{field: "a"})

    assert accepted(base, document(**{field: ""}), base)[field] == ""

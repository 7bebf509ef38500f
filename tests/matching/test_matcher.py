"""Which listings may be the one a document is of."""

import pytest

from directory.models import Organization, Publication
from directory.search.matching import EvidenceKind, Matcher, Verdict, profile_of
from directory.search.matching.blocking import SHARED_BY_MOST
from tests.factories import make_document, make_organization, make_place

pytestmark = pytest.mark.django_db

HOTLINE = "+12025550142"
HERE, ELSEWHERE = "us/maryland/takoma-park", "us/california/oakland"


def matched(document: dict) -> list[tuple[str, str]]:
    names = dict(Organization.objects.values_list("pk", "name"))
    return [(names[m.organization_id], m.verdict.value) for m in Matcher().match(document)]


@pytest.mark.parametrize(
    ("listed", "given"),
    [
        ("Anacostia Bread Co-op", "ANACOSTIA BREAD COOPERATIVE"),
        ("Anacostia Bread Limited", "The Anacostia Bread Ltd."),
        ("Kestrel Postal Federal Credit Union", "Kestrel Postal FCU"),
        ("First Kestrel Credit Union", "1st Kestrel CU"),
        ("Cooperativa Agrícola Yerbal", "Cooperativa Agricola Yerbal"),
        ("Συνεταιρισμός Αρίσταρχος", "συνεταιρισμοσ αρισταρχοσ"),
        ("日本労働者協同組合", "日本労働者協同組合"),
    ],
)
def test_a_name_written_otherwise_in_the_same_town_is_the_same(listed, given):
    make_organization(listed, place=HERE)

    assert matched(make_document(given, place=HERE)) == [(listed, "same")]


@pytest.mark.parametrize(
    ("listed", "given"),
    [
        ("Example Aid Network", "Example Aid Network (Wards 7 and 8)"),
        ("Example Paper House (glass)", "Example Paper House (cloth)"),
        ("Kestrel Farm (Takoma Park)", "Harrier Farm (Takoma Park)"),
    ],
)
def test_what_stands_in_brackets_may_be_a_branch_or_a_town(listed, given):
    make_organization(listed, place=HERE)

    assert (listed, "same") not in matched(make_document(given, place=HERE))


def test_nothing_is_the_same_without_a_place_that_agrees():
    make_organization("Anacostia Bread Co-op", place=HERE)

    assert matched(make_document("Anacostia Bread Co-op", place=None)) == [
        ("Anacostia Bread Co-op", "suggested")
    ]


def test_the_same_name_in_another_state_is_never_the_same_by_itself():
    make_place(ELSEWHERE, latitude=37.8, longitude=-122.27)
    make_organization("Hope Federal Credit Union", place=HERE)

    given = make_document("Hope Federal Credit Union", place=ELSEWHERE)
    numbered = given | {"website": "https://hope.example"}

    assert matched(given) == []
    Organization.objects.update(website="https://hope.example")
    assert matched(numbered) == [("Hope Federal Credit Union", "suggested")]


@pytest.mark.parametrize(
    ("listed", "given", "kind"),
    [
        ("Kestrel Solar 2 Co-op", "Kestrel Solar 3 Co-op", EvidenceKind.SERIES),
        ("Kestrel Gardens", "Kestrel Gardens Foundation", EvidenceKind.ROLE),
        ("Kestrel Gardens LLP", "Kestrel Gardens CIC", EvidenceKind.FORM),
    ],
)
def test_a_person_looks_where_names_tell_bodies_apart(listed, given, kind):
    make_organization(listed, place=HERE)

    for match in Matcher().match(make_document(given, place=HERE)):
        assert match.verdict == Verdict.SUGGESTED
        assert any(each.kind == kind and not each.is_for for each in match.evidence)


def test_two_numbers_of_one_register_are_two_enterprises():
    make_organization(
        "Kestrel Credit Union", identifiers=[{"scheme": "X-NCUA-CHARTER", "value": "12"}]
    )
    given = make_document(
        "Kestrel Credit Union", identifiers=[{"scheme": "X-NCUA-CHARTER", "value": "13"}]
    )

    assert matched(given) == []


def test_a_number_finds_it_under_another_name_and_says_why():
    made = make_organization(
        "Kestrel Credit Union", identifiers=[{"scheme": "US-EIN", "value": "12-3456789"}]
    )
    given = make_document(
        "Harrier Savings", identifiers=[{"scheme": "US-EIN", "value": "123456789"}]
    )

    (match,) = Matcher().match(given)

    assert (match.organization_id, match.verdict) == (made.pk, Verdict.SUGGESTED)
    assert match.evidence[0].words == "The same number in a register: US-EIN 123456789"


def test_a_website_that_many_share_speaks_of_branches():
    towns = ("us/maryland/bowie", "us/ohio/dayton", "us/texas/waco")
    for number, town in enumerate(towns):
        make_place(town, latitude=20.0 + number)
        make_organization(
            f"Kestrel {town[-5:]}", place=town, website="https://kestrel.example/x", phone=HOTLINE
        )
    make_place(ELSEWHERE, latitude=37.8, longitude=-122.27)
    site = {"website": "https://kestrel.example/y", "phone": HOTLINE}
    given = make_document("Kestrel /waco", place=ELSEWHERE, **site)

    match = Matcher().match(given)[0]

    assert match.verdict == Verdict.SUGGESTED
    assert EvidenceKind.BRANCH in {each.kind for each in match.evidence}


def test_rows_of_one_file_meet_each_other():
    matcher = Matcher()
    matcher.add(-1, profile_of(make_document("Anacostia Bread Co-op", place=HERE)))

    (match,) = matcher.match(make_document("Anacostia Bread Cooperative", place=HERE))

    assert (match.organization_id, match.verdict) == (-1, Verdict.SAME)


def test_what_was_rejected_is_not_compared():
    make_organization("Anacostia Bread Co-op", place=HERE)
    Organization.objects.update(publication=Publication.REJECTED)

    assert matched(make_document("Anacostia Bread Co-op", place=HERE)) == []


def test_loading_costs_the_same_for_any_number_of_listings(django_assert_max_num_queries):
    for number in range(5):
        make_organization(f"Kestrel {number}")

    with django_assert_max_num_queries(4):
        assert len(Matcher()) == 5


def test_a_listing_that_is_edited_often_is_found_as_before():
    site = {"website": "https://kestrel.example", "email": "all@kestrel.example"}
    made = make_organization("Kestrel Bread", place=HERE, **site)
    given, matcher = make_document("Kestrel Bread Co-op", place=HERE, **site), Matcher()
    before = matcher.match(given)

    for name in ("Harrier Bread", "Kestrel Bread") * (SHARED_BY_MOST + 1):
        matcher.update(made.pk, profile_of(make_document(name, place=HERE, **site)))

    assert [match.organization_id for match in before] == [made.pk]
    assert matcher.match(given) == before
    assert matcher.sharing("kestrel.example") == 1

"""What is said of a listing, and how well each thing is known."""

import datetime

import pytest
from django.urls import reverse

from directory.models import Claim, Source, Term
from directory.web.claims import said_terms, saying_of
from tests.factories import make_organization

TODAY = datetime.date(2026, 11, 20)
RECENT = datetime.date(2026, 3, 5)


def a_claim(**fields) -> Claim:
    return Claim(term=Term(scheme="value", code="x", labels={"en": "X"}), **fields)


@pytest.mark.parametrize(
    ("fields", "line", "words"),
    [
        pytest.param({}, "unchecked", "Not checked yet", id="written down, not checked"),
        pytest.param(
            {"asserted_by": "import"}, "unchecked", "Imported, not checked yet", id="imported"
        ),
        pytest.param(
            {"asserted_by": "organization", "checked_on": RECENT},
            "says",
            "Says so itself",
            id="the organization",
        ),
        pytest.param(
            {"checked_on": RECENT}, "checked", "Checked by an editor", id="checked by an editor"
        ),
        pytest.param(
            {"asserted_by": "peer", "asserted_by_name": "A network", "checked_on": RECENT},
            "checked",
            "Vouched for by A network",
            id="vouched for",
        ),
        pytest.param(
            {"checked_on": RECENT, "evidence_title": "Bylaws"},
            "paper",
            "Bylaws seen",
            id="papers seen",
        ),
        pytest.param(
            {"checked_on": RECENT, "valid_until": datetime.date(2026, 6, 1)},
            "old",
            "Checked in 2026, needs a new look",
            id="ran out",
        ),
        pytest.param(
            {"checked_on": datetime.date(2023, 1, 1)},
            "old",
            "Checked in 2023, needs a new look",
            id="too long ago",
        ),
        pytest.param(
            {"asserted_by": "organization", "checked_on": datetime.date(2023, 1, 1)},
            "old",
            "Said so itself in 2023, needs a new look",
            id="said too long ago",
        ),
    ],
)
def test_a_claim_wears_the_line_of_what_is_known(fields, line, words):
    stitch = saying_of(a_claim(**fields), None, TODAY).stitch

    assert (stitch.line, stitch.words) == (line, words)


def test_a_claim_says_since_when():
    stitch = saying_of(a_claim(checked_on=RECENT), None, TODAY).stitch

    assert (stitch.month, stitch.month_words) == ("2026-03", "March 2026")


def test_a_claim_that_holds_for_long_is_not_old_by_its_age():
    claim = a_claim(checked_on=datetime.date(2020, 1, 1), valid_until=datetime.date(2027, 1, 1))

    assert saying_of(claim, None, TODAY).stitch.line == "checked"


def test_an_imported_claim_names_its_source_and_when_it_was_read():
    claim = a_claim(asserted_by="import", source=Source(name="A register"))

    saying = saying_of(claim, RECENT, TODAY)

    assert saying.who == "From A register."
    assert saying.stitch.month == "2026-03"


def test_several_sides_that_say_the_same_share_one_heading():
    term = Term(pk=1, scheme="value", code="x", labels={"en": "X"})
    claims = [Claim(term=term), Claim(term=term, asserted_by="organization")]

    said = said_terms(claims, [], TODAY)

    assert [len(each.sayings) for each in said] == [2]


def test_the_page_shows_statement_evidence_and_until_when(client, db):
    organization = make_organization()
    organization.claims.update(
        statement="One member, one vote.",
        checked_on=RECENT,
        valid_until="2099-03-05",
        evidence_title="Bylaws",
        evidence_url="https://example.org/bylaws",
    )

    page = client.get(organization.get_absolute_url()).content.decode()

    assert "One member, one vote." in page
    assert "Holds until 5 March 2099." in page
    assert '<a href="https://example.org/bylaws" rel="noopener">Bylaws</a>' in page
    assert reverse("type-detail", args=["worker-cooperative"]) in page

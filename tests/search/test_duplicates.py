"""Listings that may be the one somebody is about to add."""

import pytest

from directory.search.duplicates import candidates
from directory.search.matching.hosts import host_of
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


def found(**document) -> list[tuple[str, str]]:
    return [(each.organization.name, each.reason) for each in candidates(document)]


@pytest.mark.parametrize(
    "name",
    [
        "Example Bakery Co-op",
        "example bakery coop",
        "EXAMPLE BAKERY",
        "The Example Bakery Co-op",
        "Exampel Bakery Co-op",
    ],
)
def test_names_are_alike_in_spite_of(name):
    make_organization("Example Bakery Co-op")
    make_organization("Example Credit Union")

    assert found(name=name) == [("Example Bakery Co-op", "name")]


@pytest.mark.parametrize("name", ["EBC Co-op", "ebc coop", "Example Bakers of the Canal"])
def test_a_name_with_another_in_brackets_is_alike_by_either(name):
    make_organization("EBC Co-op (Example Bakers of the Canal)")

    assert found(name=name) == [("EBC Co-op (Example Bakers of the Canal)", "name")]


@pytest.mark.parametrize("name", ["Example Garden", "Bakery", "Co-op", "", "!!!", "x" * 5_000])
def test_other_names_are_not(name):
    make_organization("Example Bakery Co-op")

    assert found(name=name) == []


@pytest.mark.parametrize(
    "website",
    ["https://www.bakery.example", "http://bakery.example/about", "https://bakery.example"],
)
def test_the_same_host_is_the_surest_sign(website):
    make_organization("Bread", website="https://bakery.example/en/")
    make_organization("Another", website="https://bakery.example.org")

    assert found(name="Nothing alike", website=website) == [("Bread", "website")]


@pytest.mark.parametrize(
    "website",
    ["https://www.facebook.com/bakery", "no address", "https://[", ""],
)
def test_a_host_that_many_share_says_nothing(website):
    make_organization("Bread", website="https://www.facebook.com/bread")

    assert host_of(website) == ""
    assert found(name="Nothing alike", website=website) == []


def test_numbers_mail_and_telephone_are_signs_too():
    make_organization(
        "Bread",
        email="bread@bakery.example",
        email_is_public=True,
        phone="+12025550142",
        phone_is_public=True,
        identifiers=[{"scheme": "XX-EXAMPLE", "value": "7"}],
    )

    assert found(identifiers=[{"scheme": "XX-EXAMPLE", "value": "7"}]) == [("Bread", "number")]
    assert found(email="Bread@bakery.example") == [("Bread", "contact")]
    assert found(phone="+12025550142") == [("Bread", "contact")]


def test_nobody_learns_whose_hidden_mail_or_telephone_it_is():
    make_organization("Bread", email="ana@bakery.example", phone="+12025550142")

    assert found(email="ana@bakery.example") == []
    assert found(phone="+12025550142") == []


def test_no_more_are_told_than_anybody_compares(settings):
    settings.DUPLICATES_SHOWN = 2
    for _ in range(4):
        make_organization("Example Bakery Co-op")

    assert len(found(name="Example Bakery Co-op")) == 2

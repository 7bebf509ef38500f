"""Whoever asked not to be listed is not listed, and the register names nobody."""

import pytest

from directory.actions import exclusions, organizations
from directory.documents import validate
from directory.models import Door, Exclusion, ExclusionRule, Organization
from tests.factories import make_document, make_organization, make_user

pytestmark = pytest.mark.django_db

KNOWN = {
    "name": "Example Kitchen",
    "website": "https://www.example-kitchen.example/about",
    "email": "Hello@example-kitchen.example",
    "phone": "+12025550142",
}


def excluded(**fields) -> dict:
    document = validate(make_document(**KNOWN | fields))
    exclusions.exclude(document, by=make_user(), reason="asked by the enterprise")
    return document


def add(**fields) -> Organization:
    return organizations.add(make_document(**fields), by=None, door=Door.COMMAND)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"name": "Éxample  kitchen"}, ExclusionRule.NAME_AND_PLACE),
        ({"other_names": ["example-kitchen"]}, ExclusionRule.NAME_AND_PLACE),
        ({"website": "http://example-kitchen.example/"}, ExclusionRule.WEBSITE),
        ({"email": "hello@EXAMPLE-kitchen.example"}, ExclusionRule.EMAIL),
        ({"phone": "+1 202 555 0142"}, ExclusionRule.PHONE),
    ],
)
def test_an_enterprise_on_the_register_is_not_added_and_the_rule_is_named(fields, rule):
    excluded()

    with pytest.raises(exclusions.Excluded) as refusal:
        add(**fields)

    assert refusal.value.rules == [rule]
    assert str(rule.label) in str(refusal.value)
    assert not Organization.objects.exists()


def test_another_enterprise_of_the_same_name_elsewhere_is_added():
    excluded()

    assert add(name="Example Kitchen", place="us/ohio/dayton").name == "Example Kitchen"


def test_an_enterprise_with_a_page_on_a_host_that_many_share_keeps_nobody_else_out():
    excluded(website="https://www.facebook.com/example.kitchen/")

    assert (
        add(name="Example Mill", website="https://facebook.com/example.mill").is_published is False
    )
    with pytest.raises(exclusions.Excluded):
        add(name="Example Mill", website="https://m.facebook.com/Example.Kitchen?ref=page")


def test_a_page_within_the_excluded_page_of_a_shared_host_is_known_by_it():
    excluded(website="https://www.facebook.com/example.kitchen/")

    with pytest.raises(exclusions.Excluded) as refusal:
        add(name="Example Soups", website="https://facebook.com/example.kitchen/about")
    assert refusal.value.rules == [ExclusionRule.WEBSITE]


def test_a_listing_taken_down_and_put_on_the_register_is_not_published_again():
    listing = make_organization(**KNOWN)
    organizations.withdraw(listing, by=None, door=Door.COMMAND)
    exclusions.exclude(validate(make_document(**KNOWN)), by=None, reason="asked")

    with pytest.raises(exclusions.Excluded):
        organizations.publish(listing, by=None, door=Door.COMMAND)

    listing.refresh_from_db()
    assert not listing.is_published


def test_the_register_keeps_no_name_address_or_number():
    excluded()

    kept = " ".join(str(value) for row in Exclusion.objects.values_list() for value in row)
    assert all(word not in kept.casefold() for word in ("kitchen", "hello", "555"))


def test_putting_the_same_enterprise_in_twice_changes_nothing():
    document = excluded()
    before = Exclusion.objects.count()

    assert exclusions.exclude(document, by=None, reason="again") == []
    assert Exclusion.objects.count() == before


def test_an_entry_that_was_lifted_stops_nobody():
    excluded(website="", email="", phone="")
    for entry in Exclusion.objects.all():
        exclusions.lift(entry)

    assert add(name="Example Kitchen").pk


def test_entries_made_under_an_earlier_key_still_count(settings):
    settings.EXCLUSION_KEYS = ["the key before"]
    excluded()
    settings.EXCLUSION_KEYS = ["the key of today", "the key before"]

    with pytest.raises(exclusions.Excluded):
        add(name="Example Kitchen")

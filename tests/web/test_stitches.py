"""How well a listing is known, in words, line and icon."""

import datetime

import pytest

from directory.actions.proposals import visitors_source
from directory.models import Organization, VerificationEvent, VerificationLevel
from directory.web.stitches import ended, stitch_of
from tests.factories import make_organization

TODAY = datetime.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def known(level: int, day: datetime.date | None, **event) -> Organization:
    """A listing at a level of verification, with one event behind it."""
    organization = make_organization()
    organization.verification, organization.verified_on = level, day
    if day:
        VerificationEvent.objects.create(
            organization=organization, level=level, happened_on=day, **event
        )
    return organization


@pytest.mark.parametrize(
    ("level", "event", "line", "icon", "words"),
    [
        (VerificationLevel.SELF_REPORTED, {}, "says", "says", "Says so itself"),
        (VerificationLevel.EDITOR_CHECKED, {}, "checked", "check", "Checked by an editor"),
        (VerificationLevel.ORG_CONFIRMED, {}, "checked", "check", "Confirmed by itself"),
        (
            VerificationLevel.PEER_VOUCHED,
            {"peer_name": "Example network"},
            "checked",
            "peers",
            "Vouched for by Example network",
        ),
        (
            VerificationLevel.DOCUMENTED,
            {"evidence_title": "Bylaws"},
            "paper",
            "paper",
            "Bylaws seen",
        ),
    ],
)
def test_each_level_has_its_own_line_icon_and_words(level, event, line, icon, words):
    stitch = stitch_of(known(level, datetime.date(2026, 3, 1), **event), TODAY)

    assert (stitch.line, stitch.icon, stitch.words) == (line, icon, words)
    assert (stitch.month, stitch.month_words) == ("2026-03", "March 2026")


def test_an_import_says_when_it_was_imported():
    organization = make_organization(
        sources=[{"source": "example-register", "external_id": "1", "fetched_on": "2026-06-10"}]
    )

    assert stitch_of(organization, TODAY).words == "Not checked yet, imported June 2026"


def test_what_visitors_told_was_not_imported():
    told = [{"source": visitors_source().code, "fetched_on": "2026-06-02"}]

    assert stitch_of(make_organization(sources=told), TODAY).words == "Not checked yet"


def test_without_a_date_of_import_none_is_made_up():
    assert stitch_of(make_organization(), TODAY).words == "Not checked yet"


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (VerificationLevel.SELF_REPORTED, "Said so itself in 2023, needs a new look"),
        (VerificationLevel.EDITOR_CHECKED, "Checked in 2023, needs a new look"),
        (VerificationLevel.DOCUMENTED, "Papers seen in 2023, needs a new look"),
    ],
)
def test_what_is_past_its_date_needs_a_new_look(level, words):
    stitch = stitch_of(known(level, datetime.date(2023, 5, 1)), TODAY)

    assert (stitch.line, stitch.icon, stitch.words) == ("old", "look", words)


def test_a_closed_enterprise_says_so():
    organization = make_organization(lifecycle="closed", closed="2019-04")

    assert ended(organization).words == "Closed, 2019"
    assert ended(make_organization()) is None

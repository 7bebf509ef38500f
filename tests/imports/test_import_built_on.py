"""What others have built on a listing that an import made is not taken down with the import."""

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from directory.actions import organizations, undo
from directory.actions.confirmations import verify
from directory.documents import document_of
from directory.models import Changeset, Door, Organization, VerificationLevel
from tests.factories import make_organization, make_user
from tests.imports.bringing import BAKERY, CHEESE, bring, make_register, revert
from tests.merges.steps import merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path) -> dict:
    """Two listings that an import made; the cheesery is the one that nobody touches."""
    make_register()
    return bring(tmp_path, BAKERY, CHEESE, publish=True)


def bakery() -> Organization:
    return Organization.objects.with_parts().get(name__contains="Bakery")


def correct(**fields) -> None:
    listing = bakery()
    document = document_of(listing) | fields
    organizations.edit(listing, document, by=None, door=Door.ADMIN)


def shown() -> set[str]:
    return {*Organization.objects.published().values_list("name", flat=True)}


def test_a_listing_that_an_editor_has_corrected_is_told_and_stays(report):
    correct(website="https://bakery.example/", summary="We bake.")
    first = bakery().revisions.get(version=1)

    plan = undo.plan_changeset(first.changeset, most=1)[0]
    assert {(each.field, each.theirs) for each in plan.conflicts} >= {
        ("website", None),
        ("summary", None),
    }
    assert not plan.moves

    with pytest.raises(CommandError, match="1 listings stay"):
        revert(report)
    assert shown() == {"Example Bakery"}
    with pytest.raises(CommandError, match="1 listings stay"):
        revert(report, keeping=True)
    assert shown() == {"Example Bakery"}
    assert bakery().website == "https://bakery.example/"


def test_what_was_corrected_and_set_right_again_goes_with_the_import(report):
    correct(summary="We brew.")
    slip = bakery().revisions.newest_first()[0]
    undo.revert_revision(slip, by=None, door=Door.ADMIN)

    revert(report)

    assert shown() == set()


def test_one_that_was_brought_in_again_and_corrected_stays_too(report, tmp_path):
    revert(report)
    again = bring(tmp_path, BAKERY, CHEESE, publish=True)
    correct(summary="We bake.")

    with pytest.raises(CommandError, match="1 listings stay"):
        revert(again, keeping=True)

    assert shown() == {"Example Bakery"}


def merge_another_into_it() -> None:
    merge(make_organization("Kestrel Bakery of old"), Organization.objects.get(name=BAKERY["name"]))


def let_somebody_speak_for_it() -> None:
    bakery().spokespeople.create(person=make_user(role="enterprise"), proof="mail")


def check_it() -> None:
    today = timezone.localdate()
    level = VerificationLevel.EDITOR_CHECKED
    verify(bakery(), level=level, on=today, by=None, door=Door.ADMIN)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        pytest.param(merge_another_into_it, "merged into it since", id="merged"),
        pytest.param(let_somebody_speak_for_it, "speaks for the enterprise", id="spoken for"),
        pytest.param(check_it, "checked it since", id="checked"),
    ],
)
def test_it_stays_where_others_have_built_on_it(report, build, words):
    build()

    changeset = Changeset.objects.get(pk=report["changeset"])
    done = undo.revert_changeset(changeset, by=None, door=Door.ADMIN, keeping=True)

    [(listing, why)] = done.refused
    assert (listing.name, done.count) == ("Example Bakery", 1)
    assert words in why
    assert shown() == {"Example Bakery"}

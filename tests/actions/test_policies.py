"""The table decides: cell by cell, for people, and for lists."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from accounts.models import STAFF_ROLES, Role
from directory.actions import policies
from directory.actions.policies import COLUMNS, TABLE, Action, When
from directory.models import Organization
from tests.factories import make_organization, make_user

READ_ONLY_FOR_ALL = {
    Action.ORGANIZATION_READ_PUBLISHED,
    Action.ORGANIZATION_SAY_STILL_CORRECT,
    Action.HISTORY_READ,
    Action.PROPOSAL_SEND,
    Action.REPORT_SEND,
    Action.SPEAKING_ASK,
}
CELLS = [(action, column) for action in Action for column in COLUMNS]


def somebody(column: str):
    return AnonymousUser() if column == policies.VISITOR else make_user(role=column)


def test_the_table_has_a_row_for_each_action_and_no_other():
    assert list(TABLE) == list(Action)
    assert all(list(policy.cells) == list(COLUMNS) for policy in TABLE.values())


def test_the_documentation_is_the_table():
    call_command("build_policies", check=True, verbosity=0)


def test_visitors_may_read_and_tell_us_things_and_nothing_else():
    allowed = {action for action in Action if TABLE[action].cells["visitor"] != When.NEVER}

    assert allowed == READ_ONLY_FOR_ALL


@pytest.mark.parametrize(("lower", "higher"), [("editor", "curator"), ("curator", "operator")])
def test_whoever_stands_higher_may_do_all_that_the_lower_may(lower, higher):
    order = [When.NEVER, When.OWN, When.REMIT, When.ANY]
    less = [
        action
        for action, policy in TABLE.items()
        if order.index(policy.cells[higher]) < order.index(policy.cells[lower])
    ]

    assert less == []


@pytest.mark.parametrize(("action", "column"), CELLS)
def test_without_a_target_only_any_is_a_yes(db, action, column):
    is_any = TABLE[action].cells[column] == When.ANY

    assert policies.may(somebody(column), action) == is_any


@pytest.mark.parametrize(("action", "column"), CELLS)
def test_a_listing_is_nobodys_own_before_it_is_claimed(db, action, column):
    cell = TABLE[action].cells[column]

    may = policies.may(somebody(column), action, Organization(name="Example Bakery"))

    assert may == (cell in {When.ANY, When.REMIT})


@pytest.mark.parametrize("role", Role.values)
def test_a_suspended_person_may_do_nothing_at_all(db, role):
    person = make_user(
        role=role, is_active=False, suspended_at=timezone.now(), suspended_reason="Spam."
    )

    assert not any(policies.may(person, action, person) for action in Action)
    assert not any(policies.may_somewhere(person, action) for action in Action)


def test_an_account_is_its_persons_own_and_no_others(db):
    ana, ben = make_user("ana"), make_user("ben")

    assert policies.may(ana, Action.USER_EDIT, ana)
    assert not policies.may(ana, Action.USER_EDIT, ben)


def test_only_an_operator_gives_roles_even_to_themselves(db):
    for role in Role.values:
        person = make_user(role=role)
        may = policies.may(person, Action.USER_GRANT_ROLE, person)
        assert may == (role == Role.OPERATOR), role


def test_what_somebody_sent_is_their_own(db):
    ana, ben = make_user("ana"), make_user("ben")

    class Sent:
        sent_by_id = ana.pk
        organization = None

    assert policies.may(ana, Action.PROPOSAL_TAKE_BACK, Sent())
    assert not policies.may(ben, Action.PROPOSAL_TAKE_BACK, Sent())


def test_an_unknown_action_is_a_mistake_of_the_program(db):
    with pytest.raises(ValueError, match=r"organization\.sell"):
        policies.may(make_user(), "organization.sell")


def test_a_list_holds_what_a_person_may_act_on(db):
    make_organization()
    rows = Organization.objects.all()

    def count(person) -> int:
        return policies.scope(person, Action.ORGANIZATION_EDIT, rows).count()

    assert count(AnonymousUser()) == count(make_user(role=Role.ENTERPRISE)) == 0
    assert [count(make_user(role=role)) for role in STAFF_ROLES] == [1, 1, 1]

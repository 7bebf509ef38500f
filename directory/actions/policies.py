"""Who may do what: one table of actions and roles. Every door asks here and nowhere else.

    policies.may(request.user, Action.ORGANIZATION_EDIT, organization)
    policies.scope(request.user, Action.ORGANIZATION_READ_HIDDEN, Organization.objects.all())
    policies.may_somewhere(request.user, Action.PROPOSAL_DECIDE)      # menus and lists only

A new action is one line in `Action` and one in `TABLE` (policy_table.py); `manage.py
build_policies` then writes docs/policies.md again. Doors answer 404, never 403, where a visitor
may not even know that the thing exists.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from directory.actions import remit
from directory.actions.policy_table import COLUMNS, TABLE, VISITOR, Action, Policy, When
from directory.models import ImportRun, Network, Organization, Proposal

__all__ = ["COLUMNS", "TABLE", "Action", "Policy", "When", "column_of", "is_own", "may"]
__all__ += ["may_somewhere", "organization_of", "scope", "when"]

Person = User | AnonymousUser | None


def column_of(person: Person) -> str | None:
    """The column of the table that holds for this person; None where no door is open to them."""
    if person is None or not person.is_authenticated:
        return VISITOR
    return person.role if person.is_active else None


def when(person: Person, action: Action | str) -> When:
    """On which objects this person may do it.

    Raises ValueError for an action that the table does not name.
    """
    policy = TABLE[Action(action)]
    column = column_of(person)
    return policy.cells[column] if column else When.NEVER


def may(person: Person, action: Action | str, target: Any = None) -> bool:
    """Whether this person may do it to the target.

    The target is an Organization, or anything with an `organization` and perhaps a `sent_by`, or
    a User; it may only be left out where nothing is asked of it: a role that may act on its own
    or within a remit may then do nothing.
    """
    cell = when(person, action)
    if cell == When.ANY:
        return True
    if cell == When.NEVER or target is None:
        return False
    if cell == When.OWN:
        return is_own(person, target)
    if isinstance(target, Network):
        return remit.edits(person, target)
    if isinstance(target, Proposal):
        return remit.covers_proposal(person, target)
    return remit.covers(person, organization_of(target))


def may_somewhere(person: Person, action: Action | str) -> bool:
    """Whether there can be a target that this person may do it to: for menus, never for acts."""
    return when(person, action) != When.NEVER


def scope(
    person: Person,
    action: Action | str,
    rows: QuerySet,
    *,
    through: str = "",
    known: remit.Remit | None = None,
) -> QuerySet:
    """Those of the rows to which this person may do it.

    The rows are listings or proposals, or belong to a listing: then `through` is the name of the
    field to it. `known` is the person's remit, where a page asks many times.
    """
    cell = when(person, action)
    if cell == When.ANY:
        return rows
    if cell == When.NEVER:
        return rows.none()
    known = known or remit.Remit(person)
    if rows.model is Proposal and cell == When.REMIT:
        return known.proposals_within(rows)
    listings = Organization.objects.all() if through else rows
    is_own = cell == When.OWN
    mine = remit.spoken_for(person, listings) if is_own else known.within(listings)
    return rows.filter(**{f"{through}__in": mine}) if through else mine


def is_own(person: User, target: Any) -> bool:
    """Whether the target is this person's account, was sent or brought in by them, or is theirs to
    speak for.
    """
    if isinstance(target, User):
        return target.pk == person.pk
    if isinstance(target, ImportRun):
        return target.by_id == person.pk
    if getattr(target, "sent_by_id", None) == person.pk:
        return True
    organization = organization_of(target)
    return organization is not None and remit.speaks_for(person, organization)


def organization_of(target: Any) -> Organization | None:
    """The listing that the target is or belongs to; None where it belongs to none yet."""
    if isinstance(target, Organization):
        return target
    return getattr(target, "organization", None)

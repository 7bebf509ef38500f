"""What operators do to accounts. Each is one transaction and leaves an AccountEvent with a reason.

Whether somebody may do it, the door asks the policies before it calls.
"""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccountEvent, Deed, Role, User


class LastOperator(Exception):
    """Without this person nobody could manage people any more."""


@transaction.atomic
def invite(username: str, email: str, role: Role, *, by: User | None, reason: str) -> User:
    """A new account without a password: its person chooses one through a link."""
    person = User.objects.create_user(username, email, role=role)
    _note(person, Deed.INVITED, by, reason)
    return person


@transaction.atomic
def edit(
    person: User, *, first_name: str, last_name: str, email: str, by: User | None, reason: str
) -> bool:
    """Change the name or e-mail of an account; False if it said so already.

    An address that an operator gives needs no confirming.
    """
    _lock(person)
    email = email.lower()
    if (person.first_name, person.last_name, person.email) == (first_name, last_name, email):
        return False
    if email != person.email:
        EmailAddress.objects.filter(user=person).delete()
        if email:
            EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
    person.first_name, person.last_name, person.email = first_name, last_name, email
    person.save(update_fields=["first_name", "last_name", "email"])
    _note(person, Deed.EDITED, by, reason)
    return True


@transaction.atomic
def grant_role(person: User, role: Role, *, by: User | None, reason: str) -> bool:
    """Give a role, and end what was begun in the old one; False if they have it already.

    Raises LastOperator where no other operator would be left.
    """
    _lock(person)
    if person.role == role:
        return False
    _check_not_last(person)
    person.role = role
    person.save(update_fields=["role"])
    _end_sessions(person)
    _note(person, Deed.ROLE_GRANTED, by, reason)
    return True


@transaction.atomic
def suspend(person: User, *, by: User | None, reason: str) -> bool:
    """Shut every door to this person from their next request on; False if it is so already.

    Raises LastOperator where no other operator would be left.
    """
    _lock(person)
    if person.is_suspended:
        return False
    _check_not_last(person)
    person.suspended_at, person.suspended_by = timezone.now(), by
    person.suspended_reason, person.is_active = reason, False
    person.save(update_fields=["suspended_at", "suspended_by", "suspended_reason", "is_active"])
    _end_sessions(person)
    _note(person, Deed.SUSPENDED, by, reason)
    return True


@transaction.atomic
def reinstate(person: User, *, by: User | None, reason: str) -> bool:
    """Let a suspended person back in; False if they are not suspended."""
    _lock(person)
    if not person.is_suspended:
        return False
    person.suspended_at = person.suspended_by = None
    person.suspended_reason, person.is_active = "", True
    person.save(update_fields=["suspended_at", "suspended_by", "suspended_reason", "is_active"])
    _note(person, Deed.REINSTATED, by, reason)
    return True


@transaction.atomic
def end_sessions(person: User, *, by: User | None, reason: str) -> bool:
    """Sign this person out everywhere."""
    _lock(person)
    _end_sessions(person)
    _note(person, Deed.SESSIONS_ENDED, by, reason)
    return True


@transaction.atomic
def reset_second_factor(person: User, *, by: User | None, reason: str) -> bool:
    """Take away app, passkeys and recovery codes of whoever lost them; False if there are none.

    They sign in with their password and set up new ones. All sessions end. They are told by mail:
    who asked in their name may not have been they.
    """
    _lock(person)
    deleted, _kinds = Authenticator.objects.filter(user=person).delete()
    if not deleted:
        return False
    _end_sessions(person)
    _note(person, Deed.SECOND_FACTOR_RESET, by, reason)
    if person.email:
        words = {"username": person.username}
        transaction.on_commit(
            lambda: get_adapter().send_mail("mfa/email/second_factor_reset", person.email, words)
        )
    return True


def _lock(person: User) -> None:
    person.refresh_from_db(from_queryset=User.objects.select_for_update())


def _check_not_last(person: User) -> None:
    """Locks all operators, so that two do not take each other's role away at once."""
    if person.role != Role.OPERATOR or person.is_suspended:
        return
    operators = User.objects.with_role(Role.OPERATOR).in_order().select_for_update()
    if [operator.pk for operator in operators] == [person.pk]:
        raise LastOperator(_("This is the last operator. Make somebody else an operator first."))


def _end_sessions(person: User) -> None:
    User.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    UserSession.objects.filter(user=person).delete()
    person.refresh_from_db(fields=["session_generation"])


def _note(person: User, deed: Deed, by: User | None, reason: str) -> None:
    AccountEvent.objects.create(
        person=person, deed=deed, role=person.role, by=by, reason=reason[:300]
    )

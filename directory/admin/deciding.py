"""Who may see the queue and decide. The one place where the admin asks."""

from django.contrib.auth.models import AbstractUser

from directory.models import Proposal

# Whoever may change listings may decide what visitors say of them.
PERMISSION = "directory.change_organization"


def may_read_queue(person: AbstractUser) -> bool:
    """Whether somebody may see what waits."""
    return person.is_active and person.is_staff and person.has_perm(PERMISSION)


def may_decide(person: AbstractUser, proposal: Proposal) -> bool:
    """Whether somebody may decide about this proposal or report."""
    return may_read_queue(person)

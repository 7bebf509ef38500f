"""Who may see the queue and decide: what the table of policies says of each kind of proposal."""

from django.contrib.auth.models import AbstractBaseUser

from directory.actions import policies
from directory.actions.policies import Action
from directory.models import Proposal, ProposalKind


def may_read_queue(person: AbstractBaseUser) -> bool:
    """Whether somebody may see what waits."""
    return policies.may_somewhere(person, Action.QUEUE_READ)


def may_decide(person: AbstractBaseUser, proposal: Proposal) -> bool:
    """Whether somebody may decide about this proposal or report."""
    return policies.may(person, _action(proposal), proposal)


def _action(proposal: Proposal) -> Action:
    if proposal.kind != ProposalKind.REPORT:
        return Action.PROPOSAL_DECIDE
    return Action.REMOVAL_DECIDE if proposal.asks_for_removal else Action.REPORT_DECIDE

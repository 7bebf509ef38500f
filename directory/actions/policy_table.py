"""The table of policies: each action, and which role may do it to what.

A row is one line in `Action` and one in `TABLE`. docs/policies.md is written from it.
"""

from enum import StrEnum
from typing import NamedTuple

from accounts.models import Role

VISITOR = "visitor"  # Whoever does not sign in.
COLUMNS = (VISITOR, *Role.values)


class When(StrEnum):
    """On which objects a role may do something."""

    NEVER = "-"
    OWN = "own"
    """The listing they speak for, the proposal or upload they sent, their own account."""
    REMIT = "remit"
    """Listings within the remit of their networks, and what belongs to such listings."""
    ANY = "any"


class Action(StrEnum):
    """Each thing that somebody can do, by the noun it is done to."""

    ORGANIZATION_READ_PUBLISHED = "organization.read_published"
    ORGANIZATION_READ_HIDDEN = "organization.read_hidden"
    ORGANIZATION_ADD = "organization.add"
    ORGANIZATION_EDIT = "organization.edit"
    ORGANIZATION_PUBLISH = "organization.publish"
    ORGANIZATION_WITHDRAW = "organization.withdraw"
    ORGANIZATION_CHECK = "organization.check"
    ORGANIZATION_SAY_STILL_CORRECT = "organization.say_still_correct"
    ORGANIZATION_MERGE = "organization.merge"
    ORGANIZATION_SPLIT = "organization.split"
    ORGANIZATION_ERASE = "organization.erase"
    HISTORY_READ = "history.read"
    HISTORY_READ_HIDDEN = "history.read_hidden"
    REVISION_REVERT = "revision.revert"
    CHANGESET_READ = "changeset.read"
    CHANGESET_REVERT = "changeset.revert"
    PROPOSAL_SEND = "proposal.send"
    PROPOSAL_READ = "proposal.read"
    PROPOSAL_ANSWER = "proposal.answer"
    PROPOSAL_TAKE_BACK = "proposal.take_back"
    PROPOSAL_DECIDE = "proposal.decide"
    REPORT_SEND = "report.send"
    REPORT_DECIDE = "report.decide"
    REMOVAL_DECIDE = "removal.decide"
    EXCLUSION_EDIT = "exclusion.edit"
    SPEAKING_ASK = "speaking.ask"
    SPEAKING_DECIDE = "speaking.decide"
    SPEAKING_END = "speaking.end"
    QUEUE_READ = "queue.read"
    QUALITY_READ = "quality.read"
    DUPLICATE_DECIDE = "duplicate.decide"
    TERM_READ = "term.read"
    TERM_EDIT = "term.edit"
    PLACE_READ = "place.read"
    SOURCE_READ = "source.read"
    SOURCE_EDIT = "source.edit"
    IMPORT_PREVIEW = "import.preview"
    IMPORT_DISCARD = "import.discard"
    IMPORT_APPLY = "import.apply"
    NETWORK_READ = "network.read"
    NETWORK_EDIT = "network.edit"
    NETWORK_GRANT_EDITOR = "network.grant_editor"
    USER_LIST = "user.list"
    USER_READ = "user.read"
    USER_ADD = "user.add"
    USER_EDIT = "user.edit"
    USER_GRANT_ROLE = "user.grant_role"
    USER_SUSPEND = "user.suspend"
    USER_END_SESSIONS = "user.end_sessions"
    USER_RESET_SECOND_FACTOR = "user.reset_second_factor"
    MAIL_READ = "mail.read"
    SETTING_READ = "setting.read"


class Policy(NamedTuple):
    """One row of the table: what it means, and when each column may."""

    meaning: str
    cells: dict[str, When]


def _row(meaning: str, cells: str) -> Policy:
    """A row from its cells in the order of COLUMNS."""
    words = [When(word) for word in cells.split()]
    return Policy(meaning, dict(zip(COLUMNS, words, strict=True)))


TABLE: dict[Action, Policy] = {
    # visitor, contributor, enterprise, editor, curator, operator
    Action.ORGANIZATION_READ_PUBLISHED: _row(
        "Read a listing that is on the site", "any any any any any any"
    ),
    Action.ORGANIZATION_READ_HIDDEN: _row(
        "Read drafts, listings taken down, hidden addresses and private contact details",
        "- - own remit any any",
    ),
    Action.ORGANIZATION_ADD: _row("Add a listing without asking", "- - - any any any"),
    Action.ORGANIZATION_EDIT: _row("Change what a listing says", "- - own remit any any"),
    Action.ORGANIZATION_PUBLISH: _row(
        "Put a listing on the site, or take it off", "- - - remit any any"
    ),
    Action.ORGANIZATION_WITHDRAW: _row(
        "Take a listing down at the wish of the enterprise", "- - own remit any any"
    ),
    Action.ORGANIZATION_CHECK: _row("Record a check, or take one back", "- - - remit any any"),
    Action.ORGANIZATION_SAY_STILL_CORRECT: _row(
        "Say that a listing is still correct", "any any any any any any"
    ),
    Action.ORGANIZATION_MERGE: _row("Make one of two listings", "- - - remit any any"),
    Action.ORGANIZATION_SPLIT: _row("Make two of one listing", "- - - remit any any"),
    Action.ORGANIZATION_ERASE: _row(
        "Remove personal data from every revision of a listing", "- - - - any any"
    ),
    Action.HISTORY_READ: _row("Read the history of a listing", "any any any any any any"),
    Action.HISTORY_READ_HIDDEN: _row(
        "Read in the history what the public is not shown", "- - own remit any any"
    ),
    Action.REVISION_REVERT: _row("Undo one change of a listing", "- - - remit any any"),
    Action.CHANGESET_READ: _row("See which changes were made together", "- - - any any any"),
    Action.CHANGESET_REVERT: _row("Undo all changes that were made together", "- - - - any any"),
    Action.PROPOSAL_SEND: _row("Propose a listing or a change", "any any any any any any"),
    Action.PROPOSAL_READ: _row("Read a proposal", "- own own remit any any"),
    Action.PROPOSAL_ANSWER: _row("Answer a proposal", "- - own remit any any"),
    Action.PROPOSAL_TAKE_BACK: _row("Take a proposal back", "- own own remit any any"),
    Action.PROPOSAL_DECIDE: _row("Accept or decline a proposal", "- - - remit any any"),
    Action.REPORT_SEND: _row("Report a listing", "any any any any any any"),
    Action.REPORT_DECIDE: _row("Settle a report", "- - - remit any any"),
    Action.REMOVAL_DECIDE: _row("Settle a request for removal", "- - - remit any any"),
    Action.EXCLUSION_EDIT: _row(
        "Keep the register of those that must not be listed", "- - - - any any"
    ),
    Action.SPEAKING_ASK: _row("Ask to speak for an enterprise", "any any any any any any"),
    Action.SPEAKING_DECIDE: _row("Let somebody speak for an enterprise", "- - - remit any any"),
    Action.SPEAKING_END: _row(
        "End that somebody speaks for an enterprise", "- - own remit any any"
    ),
    Action.QUEUE_READ: _row("See what waits for a decision", "- - - remit any any"),
    Action.QUALITY_READ: _row("See what listings lack", "- - - remit any any"),
    Action.DUPLICATE_DECIDE: _row("Say whether two listings are one", "- - - remit any any"),
    Action.TERM_READ: _row("Read terms as they are kept", "- - - any any any"),
    Action.TERM_EDIT: _row("Change the vocabulary", "- - - - any any"),
    Action.PLACE_READ: _row("Look up the gazetteer", "- - - any any any"),
    Action.SOURCE_READ: _row("Read sources as they are kept", "- - - any any any"),
    Action.SOURCE_EDIT: _row("Add or change a source", "- - - any any any"),
    Action.IMPORT_PREVIEW: _row("See what an import would do", "- - - any any any"),
    Action.IMPORT_DISCARD: _row(
        "Read a file that was brought in anew, or give it up", "- - - own any any"
    ),
    Action.IMPORT_APPLY: _row("Let an import write", "- - - - any any"),
    Action.NETWORK_READ: _row("Read networks as they are kept", "- - - any any any"),
    Action.NETWORK_EDIT: _row("Change what a network says", "- - - remit any any"),
    Action.NETWORK_GRANT_EDITOR: _row(
        "Say who edits for a network, and what it cares for", "- - - - any any"
    ),
    Action.USER_LIST: _row("See all accounts", "- - - - - any"),
    Action.USER_READ: _row("Read an account", "- own own own own any"),
    Action.USER_ADD: _row("Invite somebody", "- - - - - any"),
    Action.USER_EDIT: _row("Change name or e-mail of an account", "- own own own own any"),
    Action.USER_GRANT_ROLE: _row("Give somebody a role", "- - - - - any"),
    Action.USER_SUSPEND: _row("Suspend an account, or let it back in", "- - - - - any"),
    Action.USER_END_SESSIONS: _row("End sign-ins of an account", "- own own own own any"),
    Action.USER_RESET_SECOND_FACTOR: _row(
        "Take the second factor of an account away, where its device is lost", "- - - - - any"
    ),
    Action.MAIL_READ: _row("Read what mail went out", "- - - - - any"),
    Action.SETTING_READ: _row("See settings and the state of the machine", "- - - - - any"),
}

"""Letters to whoever sent a proposal, in their language."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from directory.actions.mail import queue_mail
from directory.models import Proposal, ProposalContact


def tell_sender(proposal: Proposal) -> None:
    """Write to the sender what became of the proposal, if they left an address.

    In the transaction of the decision: the letter goes out if and only if that stands. Once a
    proposal is decided its sender's address is forgotten with the same stroke.
    """
    contact = ProposalContact.objects.filter(proposal=proposal).first()
    if contact is None:
        return
    with translation.override(proposal.language):
        queue_mail(
            contact.email, _subject(proposal), _body(proposal), proposal.language, "proposal"
        )
    if not proposal.is_open:
        contact.delete()


def _subject(proposal: Proposal) -> str:
    return _("Your suggestion %(reference)s: %(state)s") % {
        "reference": proposal.reference,
        "state": _("a question from the editors")
        if proposal.is_open
        else proposal.get_state_display(),
    }


def _body(proposal: Proposal) -> str:
    """Plain text: markup of any kind stays what was typed."""
    name = proposal.organization.name if proposal.organization else proposal.document["name"]
    lines = [
        _("You sent us this about %(name)s, in the directory %(site)s.")
        % {"name": name, "site": settings.SITE_NAME},
        f"{_('What became of it')}: {proposal.get_state_display()}",
        _("It will be shown once an editor has completed it.") if proposal.is_left_as_draft else "",
        proposal.message,
        f"{settings.SITE_URL}{proposal.get_absolute_url()}",
    ]
    if not proposal.is_open:
        lines.append(_("We have now deleted your address. This is our only letter about it."))
    return "\n\n".join(filter(None, lines)) + "\n"

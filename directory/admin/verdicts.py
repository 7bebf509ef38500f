"""What the buttons of the queue and of the review do, and what may be refused."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.actions import exclusions, organizations, proposal_decisions, proposals
from directory.documents import InvalidDocument
from directory.models import Door, Proposal

DIGITS_MAX = 15  # Of a number in a form; a longer one is none of ours, in any database.


class NeedsALook(Exception):
    """Somebody else changed the same thing since: an editor compares before deciding."""


REFUSALS = (
    NeedsALook,
    proposals.NotOpen,
    proposal_decisions.NothingChosen,
    proposal_decisions.NoReason,
    InvalidDocument,
    exclusions.Excluded,
    organizations.EditConflict,
    organizations.NotPublishable,
    organizations.NotPublished,
    organizations.SlugTaken,
)


def accept_as_seen(
    proposal: Proposal, *, by: object, expected_version: int | None, message: str = ""
) -> None:
    """Accept all of the proposal, unless it crosses what somebody else wrote since.

    Raises one of REFUSALS.
    """
    if any(choice.is_conflict for choice in proposal_decisions.choices_of(proposal)):
        raise NeedsALook(_("Somebody else changed the same since. Open it and compare."))
    proposal_decisions.accept(
        proposal, by=by, door=Door.ADMIN, expected_version=expected_version, message=message
    )


def tell_of_draft(request: HttpRequest, proposal: Proposal) -> None:
    """Say of an accepted new listing that is not shown yet what it lacks, with its form."""
    listing = proposal.organization
    said = _("%(name)s was accepted as a draft. To publish it: %(missing)s") % {
        "name": listing.name,
        "missing": " ".join(organizations.what_is_missing(listing)),
    }
    form = reverse("admin:directory_organization_change", args=[listing.pk])
    link = format_html('{} <a href="{}">{}</a>', said, form, _("Complete it"))
    messages.warning(request, link)


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number of the form that was sent; None for anything else."""
    text = request.POST.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX
    return int(text) if is_number else None

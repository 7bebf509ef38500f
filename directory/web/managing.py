"""The pages of those who speak for an enterprise: what is shown of it, and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import signed_out
from directory.actions import organizations, own_edits, policies, proposals, speaking
from directory.actions.policies import Action
from directory.actions.proposal_decisions import NoReason
from directory.documents.texts import phone_words
from directory.models import Organization, Proposal
from directory.web.addresses import addresses_of
from directory.web.confirmed import confirmed
from directory.web.crumbs import Crumb, home
from directory.web.differences import FieldChange, changes_between, readable_for
from directory.web.proposing import base_of
from directory.web.speaking_forms import OwnForm, WithdrawForm
from directory.web.texts import language_name

PROPOSALS_SHOWN = 20  # The oldest; an enterprise with more has other worries.
WORDS_MAX = 2_000
DIGITS_MAX = 15

View = Callable[[HttpRequest, Organization], HttpResponse]


def for_own(action: Action) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """For pages of those who may do this to the listing; others learn how they could."""

    def wrap(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def shown(request: HttpRequest, slug: str) -> HttpResponse:
            organization = Organization.objects.for_page().called(slug).first()
            if organization is None:
                raise Http404
            if policies.may(request.user, action, organization):
                return view(request, organization)
            if not organization.is_published:
                raise Http404
            claim = reverse("organization-claim", args=[organization.slug])
            if request.method == "POST" and not request.user.is_authenticated:
                return signed_out(request, way=claim)
            return redirect(claim)

        return shown

    return wrap


@for_own(Action.ORGANIZATION_EDIT)
def organization_manage(request: HttpRequest, organization: Organization) -> HttpResponse:
    """What is shown, what others propose, who speaks for it; and a button for each deed."""
    deed = next((deed for name, deed in DEEDS.items() if name in request.POST), None)
    if request.method == "POST" and deed:
        deed(request, organization)
        return redirect("organization-manage", organization.slug)
    context = {
        "organization": organization,
        "is_own": policies.is_own(request.user, organization),
        "addresses": addresses_of(organization, timezone.now()),
        "phone_words": phone_words(organization.phone),
        "confirmed": confirmed(organization),
        "is_shown_at_once": own_edits.is_shown_at_once(organization),
        "pending": pending(organization),
        "spokespeople": organization.spokespeople.standing().select_related("person"),
        "crumbs": crumbs_of(organization),
    }
    return render(request, "directory/organization_manage.html", context)


@for_own(Action.ORGANIZATION_EDIT)
def organization_manage_edit(request: HttpRequest, organization: Organization) -> HttpResponse:
    """The listing's form; shown at once, or once an editor has looked."""
    if not organization.is_published:
        raise Http404
    base = base_of(organization, request.POST.get("version", ""))
    form = OwnForm(request.POST if request.method == "POST" else None, base.document)
    if form.is_valid():
        try:
            proposal = own_edits.edit_own(
                organization, form.document, base=base, by=request.user, sender=form.sender()
            )
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said_of(proposal))
            return redirect("organization-manage", organization.slug)
    context = {
        "organization": organization,
        "version": base.version,
        "form": form,
        "faults": form.faults if form.is_bound else [],
        "is_own": True,
        "is_shown_at_once": own_edits.is_shown_at_once(organization),
        "text_language": language_name(organization.language),
        "has_hidden": len(form.shown_places) < len(base.document["locations"]),
        "expected_days": settings.PROPOSAL_EXPECTED_DAYS,
        "crumbs": [*crumbs_of(organization), (_("Your listing"), manage_path(organization))],
    }
    return render(request, "directory/organization_suggest.html", context)


REFUSALS = (
    proposals.NothingProposed,
    organizations.NotPublishable,
)


def said_of(proposal: Proposal | None) -> str:
    """What becomes of an edit, in words."""
    if proposal is None:
        return _("Your change is shown now.")
    return _("Your change has reached the editors. Its number is %(reference)s.") % {
        "reference": proposal.reference
    }


@for_own(Action.ORGANIZATION_WITHDRAW)
def organization_manage_withdraw(request: HttpRequest, organization: Organization) -> HttpResponse:
    """One button: take it out; if they wish, for good."""
    if not organization.is_published:
        return redirect("organization-manage", organization.slug)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        own_edits.withdraw_consent(organization, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your listing is taken out."))
        return redirect("organization-manage", organization.slug)
    context = {
        "organization": organization,
        "form": form,
        "crumbs": [*crumbs_of(organization), (_("Your listing"), manage_path(organization))],
    }
    return render(request, "directory/organization_withdraw.html", context)


def confirm(request: HttpRequest, organization: Organization) -> None:
    """All of it is still right; only the enterprise itself can say so here."""
    if organization.is_published and policies.is_own(request.user, organization):
        own_edits.confirm_own(organization, by=request.user)
        messages.success(request, _("The listing now says that you confirmed it today."))


def answer(request: HttpRequest, organization: Organization) -> None:
    """Tell the editors what the enterprise says of a proposal."""
    row = organization.proposals.open().filter(pk=_number(request.POST["answer"])).first()
    if row is None or not policies.may(request.user, Action.PROPOSAL_ANSWER, row):
        return
    try:
        own_edits.say_own_word(row, request.POST.get(f"words-{row.pk}", "")[:WORDS_MAX])
    except (NoReason, proposals.NotOpen) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The editors read it before they decide."))


def end(request: HttpRequest, organization: Organization) -> None:
    """Somebody speaks for it no longer."""
    standing = organization.spokespeople.standing().filter(pk=_number(request.POST["end"]))
    row = standing.first()
    if row is not None and policies.may(request.user, Action.SPEAKING_END, row):
        speaking.end(row)
        messages.success(request, _("This person speaks for it no longer."))


DEEDS = {"confirm": confirm, "answer": answer, "end": end}


@dataclass(frozen=True)
class Pending:
    """A proposal about the listing with what it would change, never with who sent it."""

    proposal: Proposal
    changes: list[FieldChange]


def pending(organization: Organization) -> list[Pending]:
    """What waits for the editors, the most urgent first; one set of queries for all."""
    rows = organization.proposals.open().in_queue_order().select_related("base_revision")
    found = list(rows[:PROPOSALS_SHOWN])
    pairs = {row.pk: (row.base_revision.document, row.document) for row in found if row.document}
    readable = readable_for(*[document for pair in pairs.values() for document in pair])
    return [
        Pending(row, changes_between(*pairs[row.pk], readable) if row.pk in pairs else [])
        for row in found
    ]


def manage_path(organization: Organization) -> str:
    return f"{organization.get_absolute_url()}manage/"


def crumbs_of(organization: Organization) -> list[Crumb]:
    return [home(), (organization.name, organization.get_absolute_url())]


def _number(text: str) -> int:
    """A row's number that a form names; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX else 0

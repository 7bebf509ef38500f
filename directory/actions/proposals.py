"""Propose a listing or a change, report a listing, take a proposal back. Nobody needs an account."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import exclusions
from directory.actions.organizations import lock_standing
from directory.actions.risks import REPORTS, risk_of
from directory.documents import choices, validate
from directory.documents.reading import document_of
from directory.models import (
    Assertion,
    Organization,
    Place,
    Proposal,
    ProposalContact,
    ProposalKind,
    ProposalState,
    ReportReason,
    Revision,
    Risk,
    Source,
    Term,
)
from directory.models.source import Licence

VISITORS = "visitors"  # The source that what visitors say is taken from.


@dataclass(frozen=True)
class Sender:
    """What somebody says of themselves; all of it may be left out but the language."""

    language: str
    relation: str = ""
    evidence: str = ""
    note: str = ""
    email: str = ""


class NothingProposed(Exception):
    """The document says what the listing says."""


class NotOpen(Exception):
    """It was decided or taken back already."""


@transaction.atomic
def propose_new(document: Any, *, sender: Sender) -> Proposal:
    """Propose an enterprise that is not listed yet.

    Raises documents.InvalidDocument, and exclusions.Excluded where it must not be listed.
    """
    checked = validate(_as_visitors_say(validate(document), claims_before=[]))
    exclusions.check(checked)
    proposal = _write(
        sender,
        kind=ProposalKind.NEW,
        document=checked,
        region=region_of(checked),
        risk=Risk.MEDIUM,
    )
    proposal.places.set(Place.objects.filter(path__in=places_named(checked)))
    proposal.terms.set(terms_claimed(checked))
    return proposal


@transaction.atomic
def propose_change(
    organization: Organization,
    document: Any,
    *,
    base: Revision,
    sender: Sender,
    is_own: bool = False,
) -> Proposal:
    """Propose that the listing say what the document says; `base` is what the sender saw.

    New claims are those of visitors, unless `is_own`, which says that the sender speaks for the
    enterprise: then they stay as they are marked.

    Raises documents.InvalidDocument, and NothingProposed where it says what `base` says.
    """
    checked = validate(document)
    if not is_own:
        checked = validate(_as_visitors_say(checked, base.document["claims"]))
    changes = choices(base.document, checked, base.document)
    if not changes:
        raise NothingProposed(_("Nothing differs from the listing. Change what is wrong first."))
    return _write(
        sender,
        kind=ProposalKind.CHANGE,
        organization=organization,
        base_revision=base,
        document=checked,
        is_own=is_own,
        region=region_of(base.document) or region_of(checked),
        risk=risk_of(changes),
    )


@transaction.atomic
def report(
    organization: Organization, reason: ReportReason, *, sender: Sender, is_own: bool = False
) -> Proposal:
    """Say that something is wrong with a listing; a wish to be taken out gets a due date.

    `is_own`: the enterprise itself says so.
    """
    base = Revision.objects.filter(organization=organization).newest_first().first()
    is_removal = reason == ReportReason.REMOVE_ME
    due_on = timezone.localdate() + datetime.timedelta(days=settings.REMOVAL_DUE_DAYS)
    return _write(
        sender,
        kind=ProposalKind.REPORT,
        report_reason=reason,
        is_own=is_own,
        organization=organization,
        base_revision=base,
        region=region_of(base.document),
        risk=REPORTS[reason],
        due_on=due_on if is_removal else None,
    )


@transaction.atomic
def withdraw(proposal: Proposal) -> None:
    """Take the proposal back, as its sender; their address is forgotten at once.

    Raises NotOpen.
    """
    lock_open(proposal)
    proposal.state = ProposalState.WITHDRAWN
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_at"])
    ProposalContact.objects.filter(proposal=proposal).delete()


def lock_open(proposal: Proposal) -> None:
    """Hold the proposal until the end of the transaction; NotOpen if somebody was faster."""
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    if not proposal.is_open:
        raise NotOpen(_("It was decided or taken back already."))


def visitors_source() -> Source:
    """What visitors told, as a source; they give it under the licence of this site."""
    return Source.objects.get_or_create(
        code=VISITORS,
        defaults={
            "name": "Visitors of this directory",
            "licence": Licence.ATTRIBUTION,
            "licence_name": settings.SITE_LICENCE,
            "licence_url": settings.SITE_LICENCE_URL,
        },
    )[0]


def region_of(document: dict[str, Any]) -> str:
    """The path of the first region, or at least country, that a document names; "" for none."""
    path = next(iter(places_named(document)), "")
    return "/".join(path.split("/")[:2])


def places_named(document: dict[str, Any]) -> list[str]:
    """Paths of the places that a document lies in or serves, at least the country of each."""
    parts = [*document["locations"], *document["service_areas"]]
    return [path for part in parts if (path := part["place"] or part["country"].lower())]


def terms_claimed(document: dict[str, Any]) -> list[Term]:
    """The terms that a document claims."""
    claimed = {(claim["scheme"], claim["code"]) for claim in document["claims"]}
    rows = Term.objects.filter(code__in={code for _scheme, code in claimed})
    return [term for term in rows if (term.scheme, term.code) in claimed]


def _as_visitors_say(document: dict[str, Any], claims_before: list) -> dict[str, Any]:
    """The document with its new claims marked as what they are: hearsay until somebody checks."""
    source = visitors_source().code
    claims = [
        claim
        if claim in claims_before
        else claim | {"asserted_by": Assertion.IMPORT.value, "source": source}
        for claim in document["claims"]
    ]
    return document | {"claims": claims}


def _write(sender: Sender, **fields: Any) -> Proposal:
    """Write the proposal; for a listing that was merged meanwhile, to the one that stands for it."""
    if "organization" in fields:
        fields["organization"] = lock_standing(fields["organization"])
    proposal = Proposal.objects.create(
        language=sender.language,
        relation=sender.relation,
        evidence=sender.evidence,
        note=sender.note,
        **fields,
    )
    if sender.email:
        ProposalContact.objects.create(proposal=proposal, email=sender.email)
    return proposal


def present_document(organization: Organization) -> dict[str, Any]:
    """The whole document of the listing as it is now, hidden parts too."""
    return document_of(Organization.objects.with_parts().get(pk=organization.pk))

"""What was written about a listing outside its documents: reasons, checks, proposals, letters."""

import re
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from directory.documents.erasing import texts_without
from directory.models import (
    Changeset,
    FormerSlug,
    ImportFile,
    ImportRow,
    LinkCheck,
    Mail,
    Organization,
    Proposal,
    ProposalContact,
    SpeakingRequest,
    VerificationEvent,
)


def clean_rests(organization: Organization, words: list[str], pattern: re.Pattern) -> list[str]:
    """Take the words out of all that; what kinds of things held them."""
    own = Q(organization=organization)
    changesets = Changeset.objects.filter(pk__in=organization.revisions.values("changeset"))
    events = VerificationEvent.objects.filter(own)
    texts = ["document", "note", "evidence", "message", "own_word"]
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Organization), object_id=organization.pk
    )
    found = {
        "reasons": _clean(changesets, ["reason"], pattern),
        "checks": _clean(events, ["peer_name", "evidence_title", "evidence_url", "note"], pattern),
        "proposals": _clean(Proposal.objects.filter(own), texts, pattern),
        "speaking_requests": _clean(
            SpeakingRequest.objects.filter(own), ["name", "statement", "reason"], pattern
        ),
        "admin": _clean(entries, ["object_repr", "change_message"], pattern),
        "letters": _delete_letters(words),
        "senders": _delete_senders(organization, pattern),
        "former_slugs": _delete_slugs(organization, pattern),
        "website_visits": _delete_visits(organization, pattern),
        "imports": _clean_imports(organization, pattern),
    }
    return [name for name, count in found.items() if count]


def _clean(rows: QuerySet, columns: list[str], pattern: re.Pattern) -> int:
    changed: list[Model] = []
    for row in rows:
        texts: dict[str, Any] = {column: getattr(row, column) for column in columns}
        cleaned = texts_without(texts, pattern)
        if cleaned != texts:
            for column, value in cleaned.items():
                setattr(row, column, value)
            changed.append(row)
    rows.model._default_manager.bulk_update(changed, columns)
    return len(changed)


def _delete_letters(words: list[str]) -> int:
    """Letters to the address, or about it: who asks for erasure waits for none of them."""
    holding = Q()
    for word in words:
        holding |= Q(recipient__iexact=word) | Q(subject__icontains=word) | Q(body__icontains=word)
    return Mail.objects.filter(holding).delete()[0]


def _delete_senders(organization: Organization, pattern: re.Pattern) -> int:
    contacts = ProposalContact.objects.filter(proposal__organization=organization)
    held = [contact.pk for contact in contacts if pattern.search(contact.email)]
    return ProposalContact.objects.filter(pk__in=held).delete()[0]


def _delete_slugs(organization: Organization, pattern: re.Pattern) -> int:
    slugs = FormerSlug.objects.filter(organization=organization)
    held = [slug.pk for slug in slugs if pattern.search(slug.slug.replace("-", " "))]
    return FormerSlug.objects.filter(pk__in=held).delete()[0]


def _delete_visits(organization: Organization, pattern: re.Pattern) -> int:
    visits = LinkCheck.objects.filter(organization=organization)
    held = [visit.pk for visit in visits if pattern.search(f"{visit.url} {visit.last_answer}")]
    return LinkCheck.objects.filter(pk__in=held).delete()[0]


def _clean_imports(organization: Organization, pattern: re.Pattern) -> int:
    """What files said of it; the files themselves hold all of it, and are kept no longer."""
    rows = ImportRow.objects.filter(organization=organization)
    cleaned = _clean(rows, ["values", "document", "problems"], pattern)
    files = ImportFile.objects.filter(runs__rows__in=rows).distinct()
    return cleaned + (len([file.delete() for file in files]) if cleaned else 0)

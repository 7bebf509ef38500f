"""What was written about a listing outside its documents: reasons, checks, proposals, letters."""

import re
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from directory.documents.erasing import pattern_of, texts_without, without
from directory.models import (
    Changeset,
    Duplicate,
    FormerSlug,
    ImportFile,
    ImportRow,
    LinkCheck,
    Mail,
    Organization,
    Proposal,
    ProposalContact,
    Revision,
    SourceRecord,
    SpeakingRequest,
    VerificationEvent,
)

ROWS_AT_ONCE = 100
PROPOSAL_TEXTS = ("note", "evidence", "message", "own_word")


def clean_rests(family: list[int], words: list[str], fields: list[str]) -> list[str]:
    """Take the words out of all that, and the fields out of imports and proposals; what kinds held
    them.

    `family` has the row ids of the listing and of all that was merged into it.
    """
    pattern = pattern_of(words)
    found = {
        "imports": _clean_imports(family, words, fields),
        "proposals": _clean_proposals(family, words, fields),
    }
    if pattern:
        found |= _clean_texts(family, pattern) | {
            "letters": _delete_letters(words),
            "senders": _delete_senders(family, pattern),
            "former_slugs": _delete_slugs(family, pattern),
            "website_visits": _delete_visits(family, pattern),
        }
    return [name for name, count in found.items() if count]


def _clean_texts(family: list[int], pattern: re.Pattern) -> dict[str, int]:
    own = Q(organization__in=family)
    changesets = Changeset.objects.filter(pk__in=Revision.objects.filter(own).values("changeset"))
    events = VerificationEvent.objects.filter(own)
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Organization), object_id__in=family
    )
    requests = SpeakingRequest.objects.filter(own)
    return {
        "reasons": _clean(changesets, ["reason"], pattern),
        "checks": _clean(events, ["peer_name", "evidence_title", "evidence_url", "note"], pattern),
        "speaking_requests": _clean(requests, ["name", "statement", "reason"], pattern),
        "duplicates": _clean(Duplicate.objects.of(family), ["evidence"], pattern),
        "admin": _clean(entries, ["object_repr", "change_message"], pattern),
    }


def _clean_proposals(family: list[int], words: list[str], fields: list[str]) -> int:
    """What was proposed of it, and what was written beside that."""
    pattern, changed = pattern_of(words), []
    for row in Proposal.objects.filter(organization__in=family):
        before = {column: getattr(row, column) for column in (*PROPOSAL_TEXTS, "document")}
        cleaned = {column: texts_without(before[column], pattern) for column in PROPOSAL_TEXTS}
        if row.document is None:  # A report proposes none.
            cleaned["document"] = None
        else:
            cleaned["document"] = without(row.document, words=words, fields=fields)
        if cleaned != before:
            for column, value in cleaned.items():
                setattr(row, column, value)
            changed.append(row)
    columns = [*PROPOSAL_TEXTS, "document"]
    Proposal.objects.bulk_update(changed, columns, batch_size=ROWS_AT_ONCE)
    return len(changed)


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


def _delete_senders(family: list[int], pattern: re.Pattern) -> int:
    contacts = ProposalContact.objects.filter(proposal__organization__in=family)
    held = [contact.pk for contact in contacts if pattern.search(contact.email)]
    return ProposalContact.objects.filter(pk__in=held).delete()[0]


def _delete_slugs(family: list[int], pattern: re.Pattern) -> int:
    slugs = FormerSlug.objects.filter(organization__in=family)
    held = [slug.pk for slug in slugs if pattern.search(slug.slug.replace("-", " "))]
    return FormerSlug.objects.filter(pk__in=held).delete()[0]


def _delete_visits(family: list[int], pattern: re.Pattern) -> int:
    visits = LinkCheck.objects.filter(organization__in=family)
    held = [visit.pk for visit in visits if pattern.search(f"{visit.url} {visit.last_answer}")]
    return LinkCheck.objects.filter(pk__in=held).delete()[0]


def _clean_imports(family: list[int], words: list[str], fields: list[str]) -> int:
    """What files said of it; the files themselves hold all of it, and are kept no longer."""
    changed, runs = [], set()
    for row in _import_rows(family):
        if _clean_import_row(row, words, fields):
            changed.append(row)
            runs.add(row.run_id)
    columns = ["values", "document", "problems", "matches"]
    ImportRow.objects.bulk_update(changed, columns, batch_size=ROWS_AT_ONCE)
    ImportFile.objects.filter(runs__in=runs).delete()
    return len(changed)


def _import_rows(family: list[int]) -> QuerySet:
    """Rows that name a listing of these, or its number in their source: whoever was refused, or
    waits, names none yet."""
    rows = Q(organization__in=family)
    records = SourceRecord.objects.filter(organization__in=family).exclude(external_id="")
    for source, number in records.values_list("source", "external_id"):
        rows |= Q(run__source=source, external_id=number)
    return ImportRow.objects.filter(rows)


def _clean_import_row(row: ImportRow, words: list[str], fields: list[str]) -> bool:
    """Whether anything was taken out. Which cells make a field only the mapping knows: where a
    whole field goes, all of them do, and the remarks that quote one."""
    before = row.values, row.document, row.problems, row.matches
    pattern = pattern_of(words)
    row.values = {} if fields else texts_without(row.values, pattern)
    if row.document is not None:
        row.document = without(row.document, words=words, fields=fields)
    remarks = [r for r in row.problems if not r["value"]] if fields else row.problems
    row.problems = texts_without(remarks, pattern)
    row.matches = texts_without(row.matches, pattern)
    return before != (row.values, row.document, row.problems, row.matches)

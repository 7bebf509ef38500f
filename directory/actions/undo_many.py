"""Undoing what nobody has touched since: hundreds of listings at once, as after an import."""

from directory.actions.bulk import References
from directory.actions.bulk_edits import Edit, edit_many, locked
from directory.actions.organizations import what_is_missing_in
from directory.actions.undo_built_on import spoken_for
from directory.actions.undo_plan import KIND_OF_MOVE, fitting
from directory.documents import InvalidDocument, validate
from directory.models import Changeset, Organization, Publication, Revision, RevisionKind

# A check, a network's word and the like take more to undo than the document before.
PLAIN = {
    RevisionKind.ADDED.value,
    RevisionKind.EDITED.value,
    RevisionKind.PUBLISHED.value,
}


def revert_untouched(changeset: Changeset, keys: list[int], into: Changeset) -> set[int]:
    """Make those listings what they were before the changeset of which it made the last change.

    The row ids of those that are done; the others need a closer look (`undo_plan.plan`).
    """
    watched = spoken_for(keys)
    candidates = _last_revisions(changeset, [key for key in keys if key not in watched])
    before = _revisions_before(candidates)
    listings = locked(candidates)
    edits = []
    for key, revision in candidates.items():
        organization, present = listings[key]
        if organization.version == revision.version:
            edits += _edit(organization, present, revision, before.get(key))
    edit_many(edits, References(), changeset=into)
    return {edit.organization.pk for edit in edits}


def _last_revisions(changeset: Changeset, keys: list[int]) -> dict[int, Revision]:
    """The one revision that the changeset made of each listing, where it made one plain one."""
    found: dict[int, list[Revision]] = {}
    for revision in Revision.objects.filter(changeset=changeset, organization__in=keys):
        found.setdefault(revision.organization_id, []).append(revision)
    return {
        key: revisions[0]
        for key, revisions in found.items()
        if len(revisions) == 1 and revisions[0].kind in PLAIN
    }


def _revisions_before(candidates: dict[int, Revision]) -> dict[int, Revision]:
    versions = {revision.version - 1 for revision in candidates.values()}
    rows = Revision.objects.filter(organization__in=[*candidates], version__in=versions)
    return {
        row.organization_id: row
        for row in rows
        if row.version == candidates[row.organization_id].version - 1
    }


def _edit(
    organization: Organization, present: dict, revision: Revision, before: Revision | None
) -> list[Edit]:
    """The edit that puts the listing back; none where that takes a closer look."""
    if before is None and revision.version > 1:
        return []
    was = before.publication if before else Publication.REJECTED.value
    publication = organization.publication
    if was != revision.publication:
        publication = str(fitting(was, organization))
    try:
        document = validate(before.document) if before else present
    except InvalidDocument:
        return []
    if organization.is_merged or publication == Publication.MERGED:
        return []
    is_lacking = publication == Publication.PUBLISHED and what_is_missing_in(document)
    if is_lacking or document["slug"] != present["slug"] or present != revision.document:
        return []
    moves = publication != organization.publication
    if not moves and document == present:
        return []
    kind = KIND_OF_MOVE.get(Publication(publication)) if moves else None
    return [
        Edit(organization, present, document, publication, (kind or RevisionKind.REVERTED).value)
    ]

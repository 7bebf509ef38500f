"""What the tests of merging do again and again."""

from directory.actions import merges, undo
from directory.documents import document_of
from directory.models import Door, Merge, Organization


def document(listing: Organization) -> dict:
    """The listing's document as it is now."""
    return document_of(Organization.objects.with_parts().get(pk=listing.pk))


def merge(absorbed: Organization, kept: Organization, **options) -> Merge:
    """Merge one listing into the other, in the admin."""
    made = merges.merge(absorbed, into=kept, by=None, door=Door.ADMIN, **options)
    absorbed.refresh_from_db()
    kept.refresh_from_db()
    return made


def unmerge(made: Merge) -> undo.Undone:
    """Undo all that the merge changed."""
    return undo.revert_changeset(made.changeset, by=None, door=Door.ADMIN)

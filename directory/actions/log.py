"""Writing the one ordered log."""

from django.db import connection
from django.db.models import F

from directory.documents import document_of
from directory.models import Changeset, Door, LogCounter, Organization, Publication, Revision


def open_changeset(*, by: object | None, door: Door, reason: str = "") -> Changeset:
    """A changeset to put revisions in; `by` is a User or None for a visitor or a command."""
    return Changeset.objects.create(by=by, door=door, reason=reason[:300])


def record(organization: Organization, *, kind: str, changeset: Changeset) -> Revision:
    """Write the listing as it now is into the log, as the last act of a transaction.

    The numbers of the log follow the order of commits without a gap (SEARCH.md section 3): the
    counter's row stays locked until the transaction ends, so nobody can take a later number and
    become visible earlier. Outside a transaction this would not hold, hence the check.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() must be the last act of a transaction")
    organization.version += 1
    organization.save(update_fields=["version", "updated_at"])
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    return Revision.objects.create(
        sequence=next_sequence(),
        changeset=changeset,
        organization=organization,
        version=organization.version,
        kind=kind,
        publication=organization.publication,
        is_public=organization.publication == Publication.PUBLISHED,
        document=document_of(loaded),
    )


def next_sequence(count: int = 1) -> int:
    """Take `count` numbers of the log and return the first; holds the counter until commit."""
    if not LogCounter.objects.filter(pk=1).update(sequence=F("sequence") + count):
        LogCounter.objects.get_or_create(pk=1)
        LogCounter.objects.filter(pk=1).update(sequence=F("sequence") + count)
    return LogCounter.objects.get(pk=1).sequence - count + 1

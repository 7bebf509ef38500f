"""Two editors with the same listing open: the second is told what the first changed."""

from typing import Any

from django.utils.translation import gettext as _

from directory.documents import Change, difference
from directory.models import Organization, Revision


class EditConflict(Exception):
    """Somebody changed the listing since the editor opened it.

    `base` is the document that the editor started from, {} where there is none of that version;
    `changes` are what differs between it and the present one, `revisions` those written since,
    newest first, `version` is the present version.
    """

    def __init__(
        self,
        base: dict[str, Any],
        changes: list[Change],
        revisions: list[Revision],
        version: int,
    ) -> None:
        super().__init__(_("Somebody changed this listing after you opened it."))
        self.base = base
        self.changes = changes
        self.revisions = revisions
        self.version = version


def check_version(
    organization: Organization, present: dict[str, Any], expected_version: int | None
) -> None:
    """Raise EditConflict if the document is no longer that of the expected version.

    Publishing or checking a listing makes a version too, but changes nothing of its document.
    `present` is its document now; no expected version means that nobody asks.
    """
    if expected_version in (None, organization.version):
        return
    revisions = Revision.objects.filter(organization=organization)
    started = revisions.filter(version=expected_version).first()
    if started is not None and started.document == present:
        return
    base = started.document if started else {}
    changes = difference(base, present) if started else []
    since = revisions.filter(version__gt=expected_version).with_author().newest_first()
    raise EditConflict(base, changes, list(since), organization.version)

"""What others have built on a listing since a change brought it in: it is not taken down over that."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from directory.documents import Choice, choices
from directory.models import Organization, Publication, Revision, Spokesperson

# What stands beside the document, and what to do about it first.
Built = Callable[[Organization, Revision], QuerySet]
BUILT: tuple[tuple[Any, Built], ...] = (
    (
        gettext_lazy("Another listing was merged into it since: undo that first."),
        lambda listing, revision: listing.merges_in.filter(
            undone_at__isnull=True, changeset__gt=revision.changeset_id
        ),
    ),
    (
        gettext_lazy("Somebody speaks for the enterprise since: end that first."),
        lambda listing, revision: listing.spokespeople.standing().filter(
            since__gte=revision.created_at
        ),
    ),
    (
        gettext_lazy("Somebody has checked it since: take the check back first."),
        lambda listing, revision: listing.verification_events.standing().exclude(
            changeset__lte=revision.changeset_id
        ),
    ),
    (
        gettext_lazy("A network has approved it since: the network takes that back first."),
        lambda listing, _revision: listing.approvals.standing(),
    ),
)


def is_brought_in(revision: Revision, before: Revision | None) -> bool:
    """Whether the listing was nowhere before this change: it is new, or had been taken back."""
    if before is None or before.publication == Publication.REJECTED:
        return True
    return before.publication == Publication.UNPUBLISHED and bool(before.changeset.reverts_id)


def obstacles_since(listing: Organization, revision: Revision) -> list[str]:
    """What others have built on a listing beside its document, each with what to do first."""
    return [str(words) for words, built in BUILT if built(listing, revision).exists()]


def edits_since(revision: Revision, document: dict[str, Any]) -> list[Choice]:
    """The pieces in which the listing is not what the change made of it; before that it had none."""
    changed = choices(revision.document, document, document)
    return [replace(choice, theirs=None) for choice in changed]


def spoken_for(keys: Collection[int]) -> set[int]:
    """Those listings, by row id, for which somebody speaks: the log does not tell that."""
    rows = Spokesperson.objects.standing().filter(organization__in=keys)
    return {*rows.values_list("organization", flat=True)}

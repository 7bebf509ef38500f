"""Add, edit, publish, unpublish and withdraw a listing. Each leaves a Revision."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import exclusions
from directory.actions.conflicts import EditConflict, check_version
from directory.actions.log import open_changeset, record
from directory.actions.parts import replace_parts
from directory.actions.slugs import SlugTaken, insert_with_slug, leave_slug, save_with_slug
from directory.documents import document_of, validate, with_origins_of
from directory.models import (
    Changeset,
    Door,
    Organization,
    Publication,
    RevisionKind,
    Scheme,
)

__all__ = [
    "EditConflict",
    "MergedAway",
    "NotPublishable",
    "NotPublished",
    "SlugTaken",
    "add",
    "edit",
]
__all__ += ["publish", "unpublish", "what_is_missing", "what_is_missing_in", "withdraw"]

# The columns of Organization that a document fills one to one; its slug has rules of its own.
COLUMNS = (
    "name legal_name other_names language further_languages summary description translations "
    "lifecycle founded closed website email email_is_public phone phone_is_public links governance "
    "members_count workers_count"
).split()


class NotPublishable(Exception):
    """The listing lacks something that its public page needs; the message says what."""


class MergedAway(NotPublishable):
    """The listing was merged into another: that one is changed now."""


@transaction.atomic
def add(
    document: Any,
    *,
    by: object | None,
    door: Door,
    reason: str = "",
    changeset: Changeset | None = None,
    kind: RevisionKind = RevisionKind.ADDED,
) -> Organization:
    """A new draft listing from a document.

    Raises documents.InvalidDocument, SlugTaken where the document asks for a used slug, and
    exclusions.Excluded where the enterprise must not be listed.
    """
    checked = validate(document)
    exclusions.check(checked)
    organization = Organization()
    _fill(organization, checked)
    insert_with_slug(organization, checked)
    replace_parts(organization, checked)
    changeset = changeset or open_changeset(by=by, door=door, reason=reason)
    record(organization, kind=kind, changeset=changeset)
    return organization


@transaction.atomic
def edit(
    organization: Organization,
    document: Any,
    *,
    by: object | None,
    door: Door,
    reason: str = "",
    changeset: Changeset | None = None,
    expected_version: int | None = None,
) -> bool:
    """Make the listing what the document says; False if it said so already.

    A field that the document leaves out is emptied, except `slug`: a document is whole. A source
    no longer counts as the origin of a field that changes.
    Raises documents.InvalidDocument, SlugTaken, NotPublishable where a published listing
    would lose what its page needs, MergedAway where it was merged into another, and EditConflict
    where the listing says something else than it did at `expected_version`, the version the
    editor started from.
    """
    lock(organization)
    refuse_merged(organization)
    checked = validate(document)
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    checked["slug"] = checked["slug"] or organization.slug
    present = document_of(loaded)
    checked = with_origins_of(present, checked)
    if present == checked:
        return False
    check_version(organization, present, expected_version)
    rewrite(organization, checked)
    changeset = changeset or open_changeset(by=by, door=door, reason=reason)
    record(organization, kind=RevisionKind.EDITED, changeset=changeset)
    return True


def rewrite(organization: Organization, checked: dict[str, Any]) -> None:
    """Make the rows of a locked listing those of a validated document; the caller logs it.

    Raises SlugTaken, and NotPublishable where a published listing would lose what its page needs.
    """
    if checked["slug"] != organization.slug:
        leave_slug(organization, checked["slug"])
    _fill(organization, checked)
    save_with_slug(organization, update_fields=[*COLUMNS, "slug", "updated_at"])
    replace_parts(organization, checked)
    if organization.is_published:
        check_publishable(organization)


@transaction.atomic
def publish(
    organization: Organization,
    *,
    by: object | None,
    door: Door,
    reason: str = "",
    changeset: Changeset | None = None,
) -> None:
    """Put the listing on the public site.

    Raises NotPublishable with all that is missing, in words, and exclusions.Excluded.
    """
    lock(organization)
    if organization.is_published:
        raise NotPublishable(_("It is published already."))
    refuse_merged(organization)
    check_publishable(organization)
    exclusions.check(document_of(Organization.objects.with_parts().get(pk=organization.pk)))
    move(organization, Publication.PUBLISHED)
    changeset = changeset or open_changeset(by=by, door=door, reason=reason)
    record(organization, kind=RevisionKind.PUBLISHED, changeset=changeset)


class NotPublished(Exception):
    """Only a published listing can be taken down."""


@transaction.atomic
def unpublish(
    organization: Organization,
    *,
    by: object | None,
    door: Door,
    reason: str = "",
    changeset: Changeset | None = None,
) -> None:
    """Take the listing off the public site; its id goes on answering that it is not shown.

    Raises NotPublished if it is not on the site.
    """
    changeset = changeset or open_changeset(by=by, door=door, reason=reason)
    _take_down(organization, Publication.UNPUBLISHED, RevisionKind.UNPUBLISHED, changeset)


@transaction.atomic
def withdraw(
    organization: Organization,
    *,
    by: object | None,
    door: Door,
    reason: str = "",
    changeset: Changeset | None = None,
) -> None:
    """Take the listing down because the enterprise wishes it.

    Raises NotPublished if it is not on the site.
    """
    changeset = changeset or open_changeset(by=by, door=door, reason=reason)
    _take_down(organization, Publication.WITHDRAWN, RevisionKind.WITHDRAWN, changeset)


def _take_down(
    organization: Organization,
    publication: Publication,
    kind: RevisionKind,
    changeset: Changeset,
) -> None:
    lock(organization)
    if not organization.is_published:
        raise NotPublished(_("It is not published."))
    move(organization, publication)
    record(organization, kind=kind, changeset=changeset)


def lock(organization: Organization) -> None:
    """Lock the row until the transaction ends, and load it as it is now."""
    organization.refresh_from_db(from_queryset=Organization.objects.select_for_update())


def lock_standing(organization: Organization) -> Organization:
    """Lock the listing that stands for this one: itself, unless it was merged into another."""
    lock(organization)
    passed = set()  # What was written past the actions may be a circle; it ends all the same.
    while organization.is_merged and organization.pk not in passed:
        passed.add(organization.pk)
        organization = organization.remaining
        lock(organization)
    return organization


def refuse_merged(organization: Organization) -> None:
    """Raise MergedAway for a locked listing that was merged into another."""
    if organization.is_merged:
        raise MergedAway(
            _("It was merged into %(name)s. Change that listing instead.")
            % {"name": organization.remaining.name}
        )


def move(organization: Organization, publication: Publication) -> None:
    """Put a locked listing where it is to be, which is not in another one (see merges); the caller
    has checked that it may, and logs it."""
    if publication == Publication.PUBLISHED:
        organization.published_at = organization.published_at or timezone.now()
    organization.publication, organization.merged_into = publication, None
    organization.save(update_fields=["publication", "published_at", "merged_into", "updated_at"])


def check_publishable(organization: Organization) -> None:
    """Raise NotPublishable with all that the listing's page would lack."""
    missing = what_is_missing(organization)
    if missing:
        raise NotPublishable(" ".join(missing))


def what_is_missing(organization: Organization) -> list[str]:
    """Sentences that say what the listing needs before it can be published; empty if nothing."""
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    return what_is_missing_in(document_of(loaded))


def what_is_missing_in(document: dict[str, Any]) -> list[str]:
    """The same of a listing's document."""
    missing = []
    if not any(claim["scheme"] == Scheme.TYPE for claim in document["claims"]):
        missing.append(_("Give it at least one type."))
    if not (document["summary"] or document["description"]):
        missing.append(_("Say in one sentence what it does."))
    if not (document["locations"] or document["service_areas"]):
        missing.append(_("Give it a location, or an area that it serves."))
    if not document["sources"]:
        missing.append(_("Name at least one source."))
    return missing


def _fill(organization: Organization, checked: dict[str, Any]) -> None:
    for column in COLUMNS:
        setattr(organization, column, checked[column])

"""What changed in a listing: each public revision, its differences, and the listing as it was."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from directory.documents import past
from directory.models import Door, FormerSlug, Organization, Revision, RevisionKind
from directory.web.crumbs import home
from directory.web.differences import (
    FieldChange,
    changes_between,
    readable_for,
    without_centres,
)
from directory.web.fields import Readable, field_name, in_order
from directory.web.listing import elsewhere

PAGE_SIZE = 20


@dataclass(frozen=True)
class Step:
    """One revision in words; `changes` is None for the first, which has nothing before.

    `is_shown` is False where it took the listing off the site: such a step has no page.
    """

    version: int
    at: Any
    what: str
    who: str
    why: str
    is_shown: bool
    changes: list[FieldChange] | None
    undoes: int | None = None  # The version that it undid.
    unseen: range = range(0)  # Versions since the one told before it, which the public never saw.
    note: str = ""


@require_safe
def organization_history(request: HttpRequest, slug: str) -> HttpResponse:
    """All that was public and when it was not, the newest first, each with what it changed."""
    organization = _organization(slug)
    answer = elsewhere(request, organization, "organization-history", slug)
    if answer is not None:
        return answer
    revisions = organization.revisions.told().with_origin().newest_first()
    try:
        page = Paginator(revisions, PAGE_SIZE).page(request.GET.get("page") or 1)
    except InvalidPage:
        return redirect("organization-history", organization.slug)
    steps = past.history(organization, list(page))
    readable, undone = readable_for(*documents_of(steps)), organization.revisions.undone()
    unseen = unseen_before(organization, [step.revision.version for step in steps])
    context = {
        "organization": organization,
        "steps": [step_of(step, readable, undone, unseen) for step in steps],
        "page": page,
        "crumbs": crumbs_of(organization),
    }
    return render(request, "directory/organization_history.html", context)


@require_safe
def organization_revision(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The listing as it was after one change, and what that change was."""
    organization = _organization(slug)
    answer = elsewhere(request, organization, "organization-history", slug)
    if answer is not None:
        return answer
    public = organization.revisions.public().newest_first()
    # A version is a small number; a larger one is none of this listing, in any database.
    version = min(version, organization.version + 1)
    revision = get_object_or_404(public.with_origin(), version=version)
    [step] = past.history(organization, [revision])
    readable = readable_for(*documents_of([step]))
    context = {
        "organization": organization,
        "step": step_of(
            step, readable, organization.revisions.undone(), unseen_before(organization, [version])
        ),
        "facts": facts_of(told(step.document), readable),
        "earlier": public.filter(version__lt=version).only("version").first(),
        "later": public.filter(version__gt=version).only("version").last(),
        "crumbs": [
            *crumbs_of(organization),
            (_("History"), reverse("organization-history", args=[organization.slug])),
        ],
    }
    return render(request, "directory/organization_revision.html", context)


def told(document: dict[str, Any]) -> dict[str, Any]:
    """What the pages tell of a public document, in the order in which it is read."""
    return in_order(without_centres(document))


def documents_of(steps: list[past.Step]) -> list[dict[str, Any]]:
    return [document for step in steps for document in (step.before, step.document) if document]


def facts_of(document: dict[str, Any], readable: Readable) -> list[tuple[str, list[str]]]:
    found = []
    for name, value in document.items():
        parts = value if _is_list_of_parts(value) else [value]
        words = [
            shown
            for i, part in enumerate(parts)
            if (shown := readable.value((name, i) if _is_list_of_parts(value) else (name,), part))
        ]
        if words:
            label = field_name((name,))
            found.append((label[:1].upper() + label[1:], words))
    return found


def _is_list_of_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def unseen_before(organization: Organization, versions: list[int]) -> dict[int, range]:
    """By version, those just before it that are not told; `versions` are told ones, newest first.

    A listing is a draft before it is first shown, and may be changed while it is off the site.
    """
    if not versions:
        return {}
    earlier = organization.revisions.told().filter(version__lt=versions[-1]).newest_first()
    before = earlier.values_list("version", flat=True).first() or 0
    pairs = zip(versions, [*versions[1:], before], strict=True)
    return {version: range(told + 1, version) for version, told in pairs}


def step_of(
    step: past.Step, readable: Readable, undone: dict[int, int], unseen: dict[int, range]
) -> Step:
    """The step in words. `undone` leads from a changeset to the version that it made."""
    revision, is_shown = step.revision, step.document is not None
    return Step(
        version=revision.version,
        at=revision.created_at,
        what=revision.get_kind_display(),
        who=who_changed(revision),
        # Why a listing was taken down may be nobody's business.
        why=revision.changeset.reason if is_shown else "",
        is_shown=is_shown,
        changes=changes_of(step, readable),
        undoes=undone.get(revision.changeset.reverts_id or 0),
        unseen=unseen[revision.version],
        note=NOTES.get(revision.kind, ""),
    )


NOTES = {
    RevisionKind.GROWN_OLD: gettext_lazy(
        "Nobody has confirmed it for so long that it wants a new look."
    ),
    RevisionKind.ERASED: gettext_lazy(
        "Data about a person was removed from this version and from all before it, for good."
    ),
}


def changes_of(step: past.Step, readable: Readable) -> list[FieldChange] | None:
    if step.document is None or step.before is None:
        return None
    return changes_between(told(step.before), told(step.document), readable)


def who_changed(revision: Revision) -> str:
    """The role and the door, never a person's name."""
    changeset = revision.changeset
    proposals = changeset.proposals.all()
    if changeset.by_id and proposals:
        if any(proposal.is_own for proposal in proposals):
            return _("by an editor, after the organization itself suggested it")
        return _("by an editor, after somebody suggested it")
    match changeset.door:
        case Door.ENTERPRISE:
            return _("by the organization itself, on the website")
        case Door.MAIL:
            return _("by the organization itself, in answer to a letter")
        case Door.CLOCK:
            return _("by the passing of time")
        case Door.ADMIN:
            return _("by an editor, in the admin")
        case Door.API:
            return _("by a partner, over the API")
        case Door.IMPORT:
            return _("by an import")
        case Door.COMMAND:
            return _("from the command line")
    if changeset.by_id:
        return _("by an editor, on the website")
    return _("by a visitor, on the website")


def crumbs_of(organization: Organization) -> list[tuple[str, str]]:
    return [home(), (organization.name, organization.get_absolute_url())]


def _organization(slug: str) -> Organization | None:
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        former = FormerSlug.objects.select_related("organization").filter(slug=slug).first()
        return former.organization if former else None
    return organization

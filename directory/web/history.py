"""What changed in a listing: each public revision, its differences, and the listing as it was."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.documents.past import public_past
from directory.models import Door, FormerSlug, Organization, Revision
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
    """One public revision in words; `changes` is None for the first, which has nothing before."""

    version: int
    at: Any
    what: str
    who: str
    why: str
    changes: list[FieldChange] | None


@require_safe
def organization_history(request: HttpRequest, slug: str) -> HttpResponse:
    """All public revisions, the newest first, each with what it changed."""
    organization = _organization(slug)
    answer = elsewhere(request, organization, "organization-history", slug)
    if answer is not None:
        return answer
    past = Past(organization)
    page = Paginator(past.public[::-1], PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "steps": past.steps(list(page)),
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
    past = Past(organization)
    revision = next((row for row in past.public if row.version == version), None)
    if revision is None:
        raise Http404
    position = past.public.index(revision)
    context = {
        "organization": organization,
        "step": past.steps([revision])[0],
        "facts": past.facts(revision),
        "earlier": past.public[position - 1] if position else None,
        "later": past.public[position + 1] if position + 1 < len(past.public) else None,
        "crumbs": [
            *crumbs_of(organization),
            (_("History"), reverse("organization-history", args=[organization.slug])),
        ],
    }
    return render(request, "directory/organization_revision.html", context)


class Past:
    """The revisions of one listing, and their documents as the public may read them today."""

    def __init__(self, organization: Organization) -> None:
        rows = organization.revisions.select_related("changeset").order_by("version")
        self.all: list[Revision] = list(rows)
        self.public = [row for row in self.all if row.is_public]

    def document(self, revision: Revision) -> dict[str, Any]:
        """What was public then and may be read now: what was hidden since stays hidden."""
        later = [row.document for row in self.all if row.version > revision.version]
        return in_order(without_centres(public_past(revision.document, later)))

    def steps(self, revisions: list[Revision]) -> list[Step]:
        """These revisions in words, with a fixed number of queries."""
        pairs = [(self._before(row), row) for row in revisions]
        documents = {
            row.version: self.document(row) for pair in pairs for row in pair if row is not None
        }
        readable = readable_for(*documents.values())
        return [
            step_of(
                row,
                None
                if before is None
                else changes_between(documents[before.version], documents[row.version], readable),
            )
            for before, row in pairs
        ]

    def facts(self, revision: Revision) -> list[tuple[str, list[str]]]:
        """The listing as it was: fields and values in words, empty ones left out."""
        document = self.document(revision)
        return facts_of(document, readable_for(document))

    def _before(self, revision: Revision) -> Revision | None:
        earlier = [row for row in self.public if row.version < revision.version]
        return earlier[-1] if earlier else None


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


def step_of(revision: Revision, changes: list[FieldChange] | None) -> Step:
    return Step(
        version=revision.version,
        at=revision.created_at,
        what=revision.get_kind_display(),
        who=who_changed(revision),
        why=revision.changeset.reason,
        changes=changes,
    )


def who_changed(revision: Revision) -> str:
    """The role and the door, never a person's name."""
    changeset = revision.changeset
    match changeset.door:
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

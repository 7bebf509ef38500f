"""The public history of a listing: what changed, when, by what kind of person."""

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.found import Envelope
from directory.api.organizations import UID, Moved, moved, public_organization
from directory.api.pagination import Page, envelope
from directory.api.parameters import PAGE, PAGE_SIZE, Parameter
from directory.api.problems import BadParameters
from directory.api.viewsets import Call, PublicViewSet
from directory.documents import difference
from directory.documents.past import Step, history
from directory.models import Changeset, Door, Revision, RevisionKind

ROLES = ("editor", "partner", "visitor", "organization", "import", "operator", "clock")
ROLE_BY_DOOR = {
    Door.ADMIN: "editor",
    Door.API: "partner",
    Door.WEB: "visitor",
    Door.ENTERPRISE: "organization",
    Door.IMPORT: "import",
    Door.COMMAND: "operator",
    Door.MAIL: "organization",
    Door.CLOCK: "clock",
}
DOCUMENTS_MAX = 20  # Whole documents on a page: keeps the answer quick and small.
DOCUMENTS = Parameter(
    "documents",
    gettext_lazy(
        "With true, each revision comes with the whole document as it was after it; "
        "page_size is at most 20 then."
    ),
    {"type": "boolean", "default": False},
    example=True,
)


class AnyValue(serializers.JSONField):
    """A value of any kind; null where there was none."""


class ChangePart(serializers.Serializer):
    """One field that differs from the public revision before."""

    pointer = serializers.CharField(help_text="A JSON pointer into the document.")
    field = serializers.CharField()
    before = AnyValue()
    after = AnyValue()


class RevisionPart(serializers.Serializer):
    """One public revision, or one that took the listing off the site."""

    number = serializers.IntegerField(help_text="Its place in the log of the whole directory.")
    version = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(RevisionKind.values)
    kind_label = serializers.CharField()
    when = serializers.DateTimeField()
    door = serializers.ChoiceField(Door.values)
    role = serializers.ChoiceField(ROLES, help_text="What kind of person or program; no name.")
    changes = ChangePart(
        many=True, help_text="None where the listing was taken off the site or stayed the same."
    )
    document = serializers.DictField(
        required=False,
        help_text="Only with documents=true, and not where the listing was taken off the site.",
    )


class RevisionList(Envelope):
    """A page of the history, newest first."""

    results = RevisionPart(many=True)


class RevisionViewSet(PublicViewSet):
    """Public revisions of a listing."""

    calls = {
        "list": Call(
            "listRevisions",
            gettext_lazy("History of an organization"),
            gettext_lazy(
                "Its public revisions, newest first, each with what it changed. Documents are "
                "shown as they may be read today: an address that the listing no longer shows is "
                "told as its town at most, and not at all where a location is hidden. Revisions "
                "that took the listing off the site come without changes and document. Versions "
                "that are missing were drafts, or were made while it was off the site."
            ),
            answer=RevisionList,
            parameters=(DOCUMENTS, PAGE, PAGE_SIZE),
            problems=(404, 410),
            path_parameters=(UID,),
            moves=Moved,
        )
    }

    def list(self, request: Request, uid: str) -> HttpResponseBase:
        organization = public_organization(uid)
        if not organization.is_published:
            return moved(request, organization, "api:organization-revisions")
        revisions = Revision.objects.told().filter(organization=organization)
        page = Page(self.asked.values["page"], self._page_size(), revisions.count())
        page.check()
        shown = list(revisions.with_author().newest_first()[page.start : page.end])
        self.link_headers = page.links(request)
        results = [
            row_of(step, self.asked.values["documents"]) for step in history(organization, shown)
        ]
        return Response(envelope(page, self.link_headers, results))

    def _page_size(self) -> int:
        """As asked for; raises BadParameters for more whole documents than a page holds."""
        size = self.asked.values["page_size"]
        if self.asked.values["documents"] and size > DOCUMENTS_MAX:
            sentence = _("With documents, a page holds at most %(most)s revisions.")
            raise BadParameters({"page_size": [sentence % {"most": DOCUMENTS_MAX}]})
        return size


def row_of(step: Step, with_document: bool) -> dict[str, Any]:
    """One step of the history as RevisionPart describes it."""
    revision, document = step.revision, step.document
    row = {
        "number": revision.sequence,
        "version": revision.version,
        "kind": revision.kind,
        "kind_label": revision.get_kind_display(),
        "when": revision.created_at,
        "door": revision.changeset.door,
        "role": role_of(revision.changeset),
        "changes": [] if document is None else changes_of(step.before or {}, document),
    }
    return row | {"document": document} if with_document and document is not None else row


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "pointer": change.pointer,
            "field": change.field,
            "before": change.before,
            "after": change.after,
        }
        for change in difference(before, after)
    ]


def role_of(changeset: Changeset) -> str:
    """What kind of author: never who."""
    is_by_staff = changeset.by is not None and changeset.by.is_staff
    if is_by_staff and changeset.door != Door.ENTERPRISE:
        return "editor"
    return ROLE_BY_DOOR[Door(changeset.door)]

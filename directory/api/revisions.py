"""The public history of a listing: what changed, when, by what kind of person."""

from itertools import pairwise
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.found import Envelope
from directory.api.organizations import UID, Moved, moved, public_organization
from directory.api.pagination import Page, envelope
from directory.api.parameters import PAGE, PAGE_SIZE, Parameter
from directory.api.viewsets import Call, PublicViewSet
from directory.documents import difference
from directory.documents.past import public_past
from directory.models import Changeset, Door, Organization, Revision, RevisionKind

ROLES = ("editor", "partner", "visitor", "import", "operator")
ROLE_BY_DOOR = {
    Door.ADMIN: "editor",
    Door.API: "partner",
    Door.WEB: "visitor",
    Door.IMPORT: "import",
    Door.COMMAND: "operator",
}
DOCUMENTS = Parameter(
    "documents",
    _("With true, each revision comes with the whole document as it was after it."),
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
    """One public revision."""

    number = serializers.IntegerField(help_text="Its place in the log of the whole directory.")
    version = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(RevisionKind.values)
    kind_label = serializers.CharField()
    when = serializers.DateTimeField()
    door = serializers.ChoiceField(Door.values)
    role = serializers.ChoiceField(ROLES, help_text="What kind of person or program; no name.")
    changes = ChangePart(many=True)
    document = serializers.DictField(required=False, help_text="Only with documents=true.")


class RevisionList(Envelope):
    """A page of the history, newest first."""

    results = RevisionPart(many=True)


class RevisionViewSet(PublicViewSet):
    """Public revisions of a listing."""

    calls = {
        "list": Call(
            "listRevisions",
            _("History of an organization"),
            _(
                "Its public revisions, newest first, each with what it changed. Documents are "
                "shown as they may be read today: a location that is hidden now is left out of "
                "the past too."
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
        revisions = Revision.objects.public().filter(organization=organization)
        page = Page(self.asked.values["page"], self.asked.values["page_size"], revisions.count())
        page.check()
        # One more than the page holds: the oldest is compared with its predecessor.
        shown = list(revisions.with_author().newest_first()[page.start : page.end + 1])
        self.link_headers = page.links(request)
        results = history(shown, organization)[: page.size]
        if not self.asked.values["documents"]:
            results = [{k: v for k, v in row.items() if k != "document"} for row in results]
        return Response(envelope(page, self.link_headers, results))


def history(revisions: list[Revision], organization: Organization) -> list[dict[str, Any]]:
    """The revisions, newest first, each compared with the one after it in the list.

    What was hidden later stays hidden in all that came before.
    """
    oldest = revisions[-1].sequence if revisions else 0
    found = Revision.objects.filter(organization=organization).after(oldest)
    later = list(found.values_list("sequence", "document"))
    documents = [
        public_past(
            revision.document,
            [document for sequence, document in later if sequence > revision.sequence],
        )
        for revision in revisions
    ]
    documents.append({})
    return [
        {
            "number": revision.sequence,
            "version": revision.version,
            "kind": revision.kind,
            "kind_label": revision.get_kind_display(),
            "when": revision.created_at,
            "door": revision.changeset.door,
            "role": role_of(revision.changeset),
            "changes": [
                {
                    "pointer": change.pointer,
                    "field": change.field,
                    "before": change.before,
                    "after": change.after,
                }
                for change in difference(older, newer)
            ],
            "document": newer,
        }
        for revision, (newer, older) in zip(revisions, pairwise(documents), strict=True)
    ]


def role_of(changeset: Changeset) -> str:
    """What kind of author: never who."""
    if changeset.by and changeset.by.is_staff:
        return "editor"
    return ROLE_BY_DOOR[Door(changeset.door)]

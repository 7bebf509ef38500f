"""What became of a proposal, by its reference number."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.parameters import Parameter
from directory.api.problems import NotFound
from directory.api.viewsets import Call, PublicViewSet
from directory.models import Proposal, ProposalKind, ProposalState
from directory.models.proposal import REFERENCE, tidied_reference

REFERENCE_NUMBER = Parameter(
    "reference",
    gettext_lazy("The number that was given when the proposal was sent."),
    {"type": "string", "pattern": REFERENCE},
    example="7KQ2-MF4X-93TC",
    is_required=True,
)


class ProposalStatus(serializers.Serializer):
    """The state of a proposal. Who sent it, and what they wrote, is told to nobody."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(ProposalKind.values)
    state = serializers.ChoiceField(ProposalState.values)
    state_label = serializers.CharField()
    message = serializers.CharField(allow_blank=True)
    declined_parts = serializers.ListField(child=serializers.CharField())
    organization = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    expected_on = serializers.DateField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    url = serializers.URLField()


class ProposalViewSet(PublicViewSet):
    """One proposal; to send one waits for keys of partners."""

    serializer_class = ProposalStatus
    queryset = Proposal.objects.none()
    cache_seconds = 0
    calls = {
        "retrieve": Call(
            id="readProposal",
            summary=gettext_lazy("What became of a proposal"),
            description=gettext_lazy(
                "Its state, by the reference number that whoever sent it was given; when an "
                "editor most often decides, and what was decided and why. Proposals are sent with "
                "the forms of the site."
            ),
            answer=ProposalStatus,
            problems=(404,),
            tag="proposals",
            path_parameters=(REFERENCE_NUMBER,),
        )
    }

    def retrieve(self, request: Request, reference: str) -> Response:
        rows = Proposal.objects.select_related("organization")
        proposal = rows.filter(reference=tidied_reference(reference)).first()
        if proposal is None:
            raise NotFound(_("There is no proposal with this number."))
        return Response(told(proposal, request))


def told(proposal: Proposal, request: Request) -> dict[str, object]:
    """The state in plain values; the listing's id only while the listing is shown."""
    organization = proposal.organization
    is_shown = organization is not None and organization.is_published
    return {
        "reference": proposal.reference,
        "kind": proposal.kind,
        "state": proposal.state,
        "state_label": proposal.get_state_display(),
        "message": proposal.message,
        "declined_parts": proposal.declined_parts,
        "organization": organization.uid if is_shown else None,
        "created_at": proposal.created_at,
        "expected_on": proposal.expected_on if proposal.is_open else None,
        "decided_at": proposal.decided_at,
        "url": request.build_absolute_uri(reverse("proposal-status", args=[proposal.reference])),
    }

"""The page of a listing in the admin where networks take it in and approve it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import networks, policies
from directory.actions.policies import Action
from directory.models import Door, Network, NetworkApproval, Organization


class NetworkForm(forms.Form):
    """What a network does with the listing."""

    ACTS = [
        ("approve", gettext_lazy("Approve it, by the published method")),
        ("take_back", gettext_lazy("Take the approval back")),
        ("join", gettext_lazy("Write it down as a member")),
        ("leave", gettext_lazy("It is no member any more")),
    ]
    network = forms.ModelChoiceField(label=gettext_lazy("Network"), queryset=Network.objects.none())
    act = forms.ChoiceField(
        label=gettext_lazy("What it does"), choices=ACTS, widget=forms.RadioSelect
    )
    valid_until = forms.DateField(
        label=gettext_lazy("The approval holds until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(label=gettext_lazy("Note or reason"), max_length=300, required=False)

    def __init__(self, *arguments: Any, networks: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["network"].queryset = networks
        self.fields["network"].label_from_instance = lambda network: network.name


class OrganizationNetworks:
    """Mixed into the admin of listings."""

    def get_urls(self) -> list:
        page = path(
            "<int:pk>/networks/",
            self.admin_site.admin_view(self.networks_view),
            name="directory_organization_networks",
        )
        return [page, *super().get_urls()]

    def networks_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Join, leave, approve, take an approval back."""
        organization = get_object_or_404(self.get_queryset(request), pk=pk)
        own = [
            network.pk
            for network in Network.objects.all()
            if policies.may(request.user, Action.NETWORK_EDIT, network)
        ]
        if not own:
            raise PermissionDenied
        rows = Network.objects.filter(pk__in=own).in_order()
        form = NetworkForm(request.POST or None, networks=rows)
        here = reverse("admin:directory_organization_networks", args=[pk])
        if request.method == "POST" and form.is_valid():
            try:
                do(organization, by=request.user, **form.cleaned_data)
            except networks.NetworkRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                self.message_user(request, _("This is written down."), messages.SUCCESS)
                return HttpResponseRedirect(here)
        context = self.admin_site.each_context(request) | {
            "title": _("Networks of %(name)s") % {"name": organization.name},
            "opts": self.opts,
            "original": organization,
            "form": form,
            "members": organization.memberships.select_related("network").order_by("pk"),
            "approvals": organization.approvals.select_related("network", "by").newest_first(),
        }
        return TemplateResponse(request, "admin/directory/organization_networks.html", context)


def do(
    organization: Organization,
    *,
    network: Network,
    act: str,
    by: Any,
    valid_until: Any,
    note: str,
) -> None:
    """One act of a network. Raises NetworkRefused."""
    how = {"by": by, "door": Door.ADMIN}
    match act:
        case "join":
            networks.join(network, organization, **how)
        case "leave":
            networks.leave(network, organization, **how)
        case "approve":
            networks.approve(network, organization, valid_until=valid_until, note=note, **how)
        case "take_back":
            approval = NetworkApproval.objects.filter(
                network=network, organization=organization, withdrawn_at=None
            ).first()
            if approval is None:
                raise networks.NetworkRefused(_("This network has not approved it."))
            networks.take_back_approval(approval, reason=note, **how)

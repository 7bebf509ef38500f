"""Networks: what they say and care for, and many members at once.

A network is what listings refer to, not a listing: the admin itself writes what it says. Members
and approvals change listings, and go through actions.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.actions import networks, policies
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.deed_pages import deed_page
from directory.admin.network_forms import MembersForm, NetworkForm
from directory.admin.search_box import ShortSearch
from directory.models import Door, Network, Organization

# What a curator decides of a network; its own editors read it.
GRANTED = ("slug", "kind", "places", "terms", "editors", "is_published")


@admin.register(Network)
class NetworkAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    """A network; curators say who edits for it and what it cares for, its editors the rest."""

    to_read = Action.NETWORK_READ
    to_add = Action.NETWORK_GRANT_EDITOR
    to_change = Action.NETWORK_EDIT
    form = NetworkForm
    list_display = ["name", "kind", "is_published", "updated_at"]
    list_filter = ["kind", "is_published"]
    search_fields = ["name", "slug"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["places", "terms"]
    filter_horizontal = ["editors"]
    prepopulated_fields = {"slug": ["name"]}
    change_form_template = "admin/directory/network_form.html"
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "language", "summary", "description"]}),
        (gettext_lazy("How it checks"), {"fields": ["method", "badge", "enterprise_edits"]}),
        (gettext_lazy("How to reach it"), {"fields": ["website", "email"]}),
        (
            gettext_lazy("What it cares for"),
            {
                "fields": ["places", "terms", "editors"],
                "description": gettext_lazy(
                    "With neither an area nor types, values or sectors, it cares for its members "
                    "only."
                ),
            },
        ),
        (gettext_lazy("On the site"), {"fields": ["is_published"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Network | None = None) -> list[str]:
        may_grant = policies.may(request.user, Action.NETWORK_GRANT_EDITOR)
        return [] if may_grant else list(GRANTED)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Network | None = None) -> dict:
        return {} if obj else self.prepopulated_fields

    def get_urls(self) -> list:
        members = path(
            "<int:pk>/members/",
            self.admin_site.admin_view(self.members_view),
            name="directory_network_members",
        )
        return [members, *super().get_urls()]

    def members_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take in many members at once."""
        network = get_object_or_404(Network, pk=pk)
        if not policies.may(request.user, Action.NETWORK_EDIT, network):
            raise PermissionDenied
        form = MembersForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._take_in(request, network, form.found)
            return HttpResponseRedirect(reverse("admin:directory_network_change", args=[pk]))
        title = _("Add members of %(name)s") % {"name": network.name}
        return deed_page(self, request, form, title=title, button=_("Add them"), row=network)

    def _take_in(self, request: HttpRequest, network: Network, rows: list[Organization]) -> None:
        count = 0
        for organization in rows:
            try:
                networks.join(network, organization, by=request.user, door=Door.ADMIN)
                count += 1
            except networks.NetworkRefused as refusal:
                self.message_user(request, f"{organization.name}: {refusal}", messages.WARNING)
        said = ngettext("%(count)d member added.", "%(count)d members added.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

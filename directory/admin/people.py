"""People who sign in: invite, give a role, suspend, sign out, help in."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import invitations, people
from accounts.models import AccountEvent, User
from directory.actions import policies
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.deed_pages import deed_page
from directory.admin.people_forms import InvitationForm, PersonForm, ReasonForm
from directory.admin.search_box import ShortSearch

# Rows that belong to one account alone: its own pages show and change them.
for theirs in (EmailAddress, Authenticator, UserSession, Group):
    admin.site.unregister(theirs)

# Pages that do one thing to an account: (policy, what is done, title, what is said afterwards).
DEEDS = {
    "suspend": (Action.USER_SUSPEND, people.suspend, _("Suspend"), _("Suspended.")),
    "reinstate": (Action.USER_SUSPEND, people.reinstate, _("Let back in"), _("Let back in.")),
    "end-sessions": (
        Action.USER_END_SESSIONS,
        people.end_sessions,
        _("Sign out everywhere"),
        _("Signed out everywhere."),
    ),
    "reset-second-factor": (
        Action.USER_RESET_SECOND_FACTOR,
        people.reset_second_factor,
        _("Take the second factor away"),
        _("The second factor is taken away."),
    ),
}


class AccountEventInline(ByPolicy, admin.TabularInline):
    """What was done to the account."""

    to_read = Action.USER_LIST
    model = AccountEvent
    fk_name = "person"
    extra = 0
    fields = readonly_fields = ["created_at", "deed", "role", "by", "reason"]
    ordering = ["-created_at", "-pk"]

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    """Accounts; every change goes through accounts.people and leaves an event with a reason."""

    to_read, to_add, to_change = Action.USER_LIST, Action.USER_ADD, Action.USER_GRANT_ROLE
    form = PersonForm
    inlines = [AccountEventInline]
    list_display = ["username", "email", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "email", "first_name", "last_name"]
    ordering = ["username", "pk"]
    readonly_fields = ["last_login", "date_joined", "suspended_at", "suspended_reason"]
    change_form_template = "admin/accounts/person_form.html"

    def get_urls(self) -> list:
        act = path(
            "<int:pk>/<slug:deed>/do/",
            self.admin_site.admin_view(self.deed_view),
            name="accounts_user_deed",
        )
        return [act, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: User | None = None, **options: Any) -> type:
        return PersonForm if obj else InvitationForm

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        asked = list((PersonForm if obj else InvitationForm).base_fields)
        state = [(_("State"), {"fields": self.readonly_fields})] if obj else []
        return [(None, {"fields": asked}), *state]

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> list:
        return self.inlines if obj else []

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write through accounts.people; the door asked the policies before."""
        if change:
            self._edit(request, form)
            return
        person = people.invite(**form.cleaned_data, by=request.user)
        obj.pk = person.pk
        obj.refresh_from_db()
        link = invitations.link_for(person, request.build_absolute_uri("/"))
        invitations.send(person, link, inviter=request.user)
        text = _("They choose a password here, within three days: %(link)s") % {"link": link}
        self.message_user(request, text, messages.SUCCESS)

    def _edit(self, request: HttpRequest, form: Any) -> None:
        asked = dict(form.cleaned_data)
        role, reason = asked.pop("role"), asked.pop("reason")
        person = User.objects.get(pk=form.instance.pk)
        people.edit(person, **asked, by=request.user, reason=reason)
        try:
            people.grant_role(person, role, by=request.user, reason=reason)
        except people.LastOperator as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> str:
        return form.cleaned_data["reason"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """An account has no parts that are written here."""

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Do one thing to the account, for a reason."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        if deed not in DEEDS:
            raise Http404
        action, do, title, said = DEEDS[deed]
        if not policies.may(request.user, action, person):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._do(request, person, do, form.cleaned_data["reason"], said)
            return redirect("admin:accounts_user_change", person.pk)
        whom = f"{title}: {person}"
        return deed_page(self, request, form, title=whom, button=title, row=person)

    def _do(
        self, request: HttpRequest, person: User, do: Callable[..., bool], reason: str, said: str
    ) -> None:
        try:
            is_done = do(person, by=request.user, reason=reason)
        except people.LastOperator as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            nothing = _("There was nothing to do.")
            self.message_user(request, said if is_done else nothing)

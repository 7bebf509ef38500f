"""Undo one change, or all that were made together: first what would happen, then the button."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.actions import policies, undo
from directory.actions.undo_plan import Plan
from directory.admin.choice_words import Piece, pieces_of
from directory.admin.undone import undone_in_words
from directory.admin.values import change_in_words
from directory.models import Changeset, Door, NetworkMember, Revision

LISTINGS_SHOWN = 20


class UndoForm(forms.Form):
    """Why, and what to do about later changes."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is undone"),
        max_length=300,
        help_text=gettext_lazy("Everyone can read it in the listing's history."),
    )
    keeping = forms.BooleanField(
        label=gettext_lazy("Undo the rest, and leave what was changed again as it is now"),
        required=False,
    )


@dataclass(frozen=True)
class Shown:
    """A plan in words: each change as field, now and after; conflicts as pieces."""

    plan: Plan
    changes: list[tuple[str, str, str]]
    conflicts: list[Piece]


def shown(plan: Plan) -> Shown:
    changes = [change_in_words(change) for change in plan.changes]
    return Shown(plan, changes, pieces_of(plan.conflicts))


class UndoViews:
    """Mixed into the admin of revisions and of changesets: `undo_action`, `plans`, `carry_out`."""

    undo_action: str

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", view, name=name), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What undoing would do; the button does it."""
        target = get_object_or_404(self.get_queryset(request), pk=pk)
        if not policies.may(request.user, self.undo_action, target):
            raise PermissionDenied
        form = UndoForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self.carry_out(request, target, form.cleaned_data)
            except undo.NotUndoable as refusal:
                form.add_error(None, str(refusal))
        plans, count = self.plans(target)
        context = self.admin_site.each_context(request) | {
            "title": _("Undo “%(what)s”") % {"what": self.what(target)},
            "opts": self.opts,
            "plans": [shown(plan) for plan in plans],
            "more": count - len(plans),
            "undone": self.undone(target),
            "joined": self.joined(target),
            "has_conflicts": any(plan.conflicts for plan in plans),
            "form": form,
        }
        return TemplateResponse(request, "admin/directory/undo.html", context)

    def what(self, target: Any) -> str:
        """The change in a few words."""
        raise NotImplementedError

    def plans(self, target: Any) -> tuple[list[Plan], int]:
        """The plans to show, and how many listings there are."""
        raise NotImplementedError

    def undone(self, target: Any) -> str:
        """By what it was undone, in words; "" for nothing."""
        return ""

    def joined(self, target: Any) -> Sequence[NetworkMember]:
        """What has become a member of a network since: undoing leaves that as it is."""
        return []

    def carry_out(self, request: HttpRequest, target: Any, how: dict[str, Any]) -> HttpResponse:
        """Do it and say so. Raises undo.NotUndoable."""
        raise NotImplementedError


class RevisionUndo(UndoViews):
    """Of one change of one listing."""

    undo_action = "revision.revert"

    def what(self, target: Revision) -> str:
        return f"{target.organization.name}, {target.get_kind_display()} (v{target.version})"

    def plans(self, target: Revision) -> tuple[list[Plan], int]:
        return [undo.plan_revision(target)], 1

    def carry_out(self, request: HttpRequest, target: Revision, how: dict) -> HttpResponse:
        undo.revert_revision(target, by=request.user, door=Door.ADMIN, **how)
        self.message_user(request, _("It is undone."), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse("admin:directory_organization_history", args=[target.organization_id])
        )


class ChangesetUndo(UndoViews):
    """Of everything that was done together."""

    undo_action = "changeset.revert"

    def what(self, target: Changeset) -> str:
        return target.reason or str(target.get_door_display())

    def plans(self, target: Changeset) -> tuple[list[Plan], int]:
        plans = undo.plan_changeset(target, most=LISTINGS_SHOWN)
        return plans, undo.count_left(target)

    def undone(self, target: Changeset) -> str:
        return undone_in_words(target)

    def joined(self, target: Changeset) -> Sequence[NetworkMember]:
        return undo.joined_since(target)[:LISTINGS_SHOWN]

    def carry_out(self, request: HttpRequest, target: Changeset, how: dict) -> HttpResponse:
        done = undo.revert_changeset(target, by=request.user, door=Door.ADMIN, **how)
        words = ngettext("%(count)d listing put back.", "%(count)d listings put back.", done.count)
        self.message_user(request, words % {"count": done.count}, messages.SUCCESS)
        for organization, why in done.refused[:LISTINGS_SHOWN]:
            self.message_user(request, f"{organization.name}: {why}", messages.ERROR)
        if not (done.left or done.refused):
            return HttpResponseRedirect(reverse("admin:directory_changeset_changelist"))
        if done.left:
            left = ngettext("%(count)d more waits.", "%(count)d more wait.", done.left)
            self.message_user(request, left % {"count": done.left}, messages.WARNING)
        return HttpResponseRedirect(request.path)

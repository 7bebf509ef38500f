"""What Django's admin asks of its own permissions, answered by the table of policies."""

from typing import Any, ClassVar

from django.db.models import Model, QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse

from directory.actions import policies
from directory.actions.policies import Action


class ByPolicy:
    """Mixed into a ModelAdmin; names the action for each thing that the admin does to a row.

    Nothing is deleted here. What is left out is allowed to nobody.
    """

    to_read: ClassVar[Action | None] = None
    to_add: ClassVar[Action | None] = None
    to_change: ClassVar[Action | None] = None
    formfield_overrides: ClassVar[dict] = {URLField: {"assume_scheme": "https"}}

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, self.to_read, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request, self.to_add)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.may(request, self.to_change, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, self.to_read)

    def may(self, request: HttpRequest, action: Action | None, row: Model | None = None) -> bool:
        """Whether it may be done to the row; without one, whether to some row: for menus.

        The admin asks the same some fifty times for one page; each answer holds for the request.
        """
        if action is None:
            return False
        if row is None:
            return policies.may_somewhere(request.user, action)
        answers = request.__dict__.setdefault("policy_answers", {})
        key = (action, type(row), row.pk)
        if key not in answers:
            answers[key] = policies.may(request.user, action, row)
        return answers[key]

    def view_on_site(self, row: Model) -> str | None:
        """The row's own page, without the detour through an address that knows all rows."""
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """What somebody may not see is not there, and neither is what does not exist."""
        raise Http404


class PartOfListing(ByPolicy):
    """Mixed into an inline: a part of a listing is read and written with the listing."""

    to_read = Action.ORGANIZATION_READ_HIDDEN
    to_change = Action.ORGANIZATION_EDIT

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_write(request, obj)

    def _may_write(self, request: HttpRequest, obj: Model | None) -> bool:
        is_new = obj is None or obj.pk is None
        return (
            self.may(request, Action.ORGANIZATION_ADD)
            if is_new
            else self.may(request, self.to_change, obj)
        )


class WithinRemit(ByPolicy):
    """Mixed into the admin of listings: lists hold what this person may see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return policies.scope(request.user, self.to_read, super().get_queryset(request))

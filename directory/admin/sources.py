"""Where facts come from."""

from django.contrib import admin

from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.organization_parts import ADDRESSES
from directory.admin.search_box import ShortSearch
from directory.models import Source


@admin.register(Source)
class SourceAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    """Registers and directories, with the licence of each."""

    to_read, to_add, to_change = Action.SOURCE_READ, Action.SOURCE_EDIT, Action.SOURCE_EDIT

    list_display = ["name", "code", "licence", "licence_name"]
    list_filter = ["licence"]
    search_fields = ["name", "code"]
    ordering = ["name", "pk"]
    formfield_overrides = ADDRESSES

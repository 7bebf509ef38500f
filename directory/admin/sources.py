"""Where facts come from."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.organization_parts import ADDRESSES
from directory.admin.search_box import ShortSearch
from directory.exchange.licences import line_of
from directory.models import Licence, Source

# Licences that ask for credit.
CREDITED = (Licence.ATTRIBUTION, Licence.SHARE_ALIKE, Licence.NON_COMMERCIAL)


@admin.register(Source)
class SourceAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    """Registers and directories, with the licence of each."""

    to_read, to_add, to_change = Action.SOURCE_READ, Action.SOURCE_EDIT, Action.SOURCE_EDIT

    list_display = ["name", "code", "licence", "licence_name"]
    list_filter = ["licence"]
    search_fields = ["name", "code"]
    ordering = ["name", "pk"]
    formfield_overrides = ADDRESSES

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """Whom files and pages will name, where the licence asks for credit and no line is given."""
        super().save_model(request, obj, form, change)
        if not obj.attribution and obj.licence in CREDITED:
            told = _("No credit line is given. The file ATTRIBUTION will say: %(line)s")
            self.message_user(request, told % {"line": line_of(obj)}, messages.WARNING)

"""What visitors looked for and did not find."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.search_box import ShortSearch
from directory.models import Gap, PlaceKind, vocabulary


@admin.register(Gap)
class GapAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    """Searches without hits by month; only those that many share."""

    to_read = Action.QUEUE_READ
    list_display = ["in_words", "in_month", "search_again"]
    list_display_links = None
    list_filter = ["month", "scheme"]
    list_select_related = ["place__parent__parent"]
    search_fields = ["code", "words", "place__name"]
    ordering = ["-count", "-month", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Gap.objects.shown()

    def has_view_permission(self, request: HttpRequest, obj: Gap | None = None) -> bool:
        """The list is all there is to see of them."""
        return obj is None and super().has_view_permission(request)

    @admin.display(description=_("what was sought"), ordering="count")
    def in_words(self, gap: Gap) -> str:
        """47 searches for “Childcare” around Takoma Park, none listed."""
        if gap.place is None:
            sentence = ngettext(
                "%(count)d search for “%(sought)s”, none listed",
                "%(count)d searches for “%(sought)s”, none listed",
                gap.count,
            )
        elif gap.place.kind == PlaceKind.TOWN:
            sentence = ngettext(
                "%(count)d search for “%(sought)s” around %(place)s, none listed",
                "%(count)d searches for “%(sought)s” around %(place)s, none listed",
                gap.count,
            )
        else:
            sentence = ngettext(
                "%(count)d search for “%(sought)s” in %(place)s, none listed",
                "%(count)d searches for “%(sought)s” in %(place)s, none listed",
                gap.count,
            )
        return sentence % {"count": gap.count, "sought": sought(gap), "place": place_name(gap)}

    @admin.display(description=_("month"), ordering="month")
    def in_month(self, gap: Gap) -> str:
        return date_format(gap.month, "YEAR_MONTH_FORMAT")

    @admin.display(description=_("search"))
    def search_again(self, gap: Gap) -> str:
        return format_html('<a href="{}">{}</a>', address(gap), _("Search for it now"))


def sought(gap: Gap) -> str:
    """The label of the term, or the words; anything where only a place was given."""
    term = vocabulary().get(gap.scheme, gap.code) if gap.code else None
    return term.label if term else gap.code or gap.words or str(_("anything"))


def place_name(gap: Gap) -> str:
    """The place with the next wider one."""
    if gap.place is None:
        return ""
    above = gap.place.parent
    return f"{gap.place.name}, {above.name}" if above else gap.place.name


def address(gap: Gap) -> str:
    """The same search, as a visitor would make it today."""
    asked = {gap.scheme: gap.code} if gap.code else {"q": gap.words}
    if gap.place:
        asked |= {"near": gap.place.path}
    given = {name: value for name, value in asked.items() if value}
    return f"{reverse('organization-list')}?{urlencode(given)}"

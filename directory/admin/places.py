"""The gazetteer."""

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.models import Place, PlaceName
from directory.search.places import find_places


class PlaceNameInline(ByPolicy, admin.TabularInline):
    """Other names of a place; the folded form is what a search compares."""

    to_read = Action.PLACE_READ
    model = PlaceName
    extra = 0
    fields = ["name", "folded"]
    readonly_fields = ["name", "folded"]

    def has_add_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False


@admin.register(Place)
class PlaceAdmin(ByPolicy, admin.ModelAdmin):
    """Places are loaded from a file; here they are looked up."""

    to_read = Action.PLACE_READ

    list_display = ["name", "path", "kind", "country_code", "population"]
    list_filter = ["kind"]
    search_fields = ["path"]  # Makes the box appear; get_search_results does the looking.
    search_help_text = _("Any name of the place, also with its country: Córdoba, Argentina")
    ordering = ["-population", "pk"]
    show_full_result_count = False
    list_per_page = 50
    inlines = [PlaceNameInline]
    autocomplete_fields = ["parent"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By any name, in any language, the largest first."""
        if not search_term:
            return queryset, False
        found = [place.pk for place in find_places(search_term[: settings.QUERY_LENGTH_MAX])]
        return queryset.filter(pk__in=found), False

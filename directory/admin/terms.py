"""The vocabulary: terms as trees."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.models import CLAIMABLE_SCHEMES, Term, vocabulary


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    """Terms in tree order; codes never change once they are written."""

    list_display = ["tree_label", "code", "scheme", "is_active"]
    list_filter = ["scheme", "is_active"]
    search_fields = ["code", "labels", "synonyms"]
    autocomplete_fields = ["parent", "replaced_by"]
    list_select_related = ["parent"]
    list_per_page = 200
    fieldsets = [
        (None, {"fields": ["scheme", "code", "parent", "order", "is_active", "replaced_by"]}),
        (_("Words"), {"fields": ["labels", "definitions", "notes", "synonyms"]}),
        (_("For machines"), {"fields": ["mappings", "details"], "classes": ["collapse"]}),
    ]

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["scheme", "order", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> list[str]:
        return ["scheme", "code"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        return False  # Codes answer for ever: take a term out of use instead.

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Typeahead for claims offers only what an organization can carry."""
        if request.GET.get("model_name") == "claim":
            queryset = queryset.active().filter(scheme__in=CLAIMABLE_SCHEMES)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("term"))
    def tree_label(self, term: Term) -> str:
        depth = len(vocabulary().ancestors(term.scheme, term.code))
        return format_html("{}{}", "\u2003" * depth, term.label)

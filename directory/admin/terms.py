"""The vocabulary: terms as trees."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.actions.policies import Action
from directory.actions.vocabulary import save_term
from directory.admin.by_policy import ByPolicy
from directory.models import CLAIMABLE_SCHEMES, Term, vocabulary
from directory.search.words import fold


@admin.register(Term)
class TermAdmin(ByPolicy, admin.ModelAdmin):
    """Terms in tree order; codes answer for ever: a term is taken out of use, never deleted."""

    to_read, to_add, to_change = Action.TERM_READ, Action.TERM_EDIT, Action.TERM_EDIT

    list_display = ["tree_label", "code", "scheme", "is_active"]
    list_filter = ["scheme", "is_active"]
    search_fields = ["code"]  # Makes the box appear; get_search_results does the looking.
    search_help_text = _("Any label or synonym, in any language")
    autocomplete_fields = ["parent", "replaced_by"]
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

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: bool) -> None:
        save_term(obj)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By any label or synonym, without accents; claims are offered only what fits them."""
        if request.GET.get("model_name") == "claim":
            queryset = queryset.active().filter(scheme__in=CLAIMABLE_SCHEMES)
        words = fold(search_term[: settings.QUERY_LENGTH_MAX]).split()
        if not words:
            return queryset, False
        found = [term.pk for term in vocabulary().terms.values() if _has_all(term, words)]
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("term"))
    def tree_label(self, term: Term) -> str:
        depth = len(vocabulary().ancestors(term.scheme, term.code))
        return "\u2003" * depth + term.label


def _has_all(term: Term, words: list[str]) -> bool:
    synonyms = [synonym for several in term.synonyms.values() for synonym in several]
    text = fold(" ".join([term.code, *term.labels.values(), *synonyms]))
    return all(word in text for word in words)

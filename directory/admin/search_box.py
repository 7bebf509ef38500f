"""What is typed into a search box of the admin."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest


class ShortSearch:
    """Looks for the beginning of a long text: a database refuses to look for all of it."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(
            request, queryset, search_term[: settings.QUERY_LENGTH_MAX]
        )

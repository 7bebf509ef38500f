"""Proposals and reports: the list is the queue, and a row is its review."""

from django.contrib import admin
from django.http import HttpRequest

from directory.admin.bulk import BulkViews
from directory.admin.deciding import may_read_queue
from directory.admin.log import ReadOnly
from directory.admin.queue import QueueViews
from directory.admin.review import ReviewViews
from directory.models import Proposal


@admin.register(Proposal)
class ProposalAdmin(BulkViews, ReviewViews, QueueViews, ReadOnly):
    """What visitors sent; only actions write it."""

    def has_view_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        return may_read_queue(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_read_queue(request.user)

"""Proposals and reports: the list is the queue, and a row is its review."""

from django.contrib import admin

from directory.actions.policies import Action
from directory.admin.bulk import BulkViews
from directory.admin.log import ReadOnly
from directory.admin.queue import QueueViews
from directory.admin.queue_duplicates import DuplicateViews
from directory.admin.review import ReviewViews
from directory.models import Proposal


@admin.register(Proposal)
class ProposalAdmin(BulkViews, DuplicateViews, ReviewViews, QueueViews, ReadOnly):
    """What visitors sent; only actions write it."""

    to_read = Action.QUEUE_READ

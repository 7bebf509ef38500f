"""What operators look after: background work, letters that go out, websites that do not answer."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.actions import jobs
from directory.actions.mail import try_mail_again
from directory.admin.log import ReadOnly
from directory.admin.permits import may
from directory.exchange.jobs import WORKS
from directory.models import Job, LinkCheck, Mail

LABELS = {work.name: work.label for work in WORKS}


class Machinery(ReadOnly):
    """Seen by operators only."""

    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, "setting.read")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "setting.read")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Who may press the buttons of these lists."""
        return may(request.user, "setting.read")


@admin.register(Job)
class JobAdmin(Machinery):
    list_display = [
        "name",
        "what",
        "last_finished_at",
        "next_run_at",
        "is_running",
        "attempts",
        "quarantined_at",
        "last_line",
    ]
    ordering = ["name"]
    actions = ["run_again"]

    @admin.display(description=_("what it does"))
    def what(self, job: Job) -> str:
        return LABELS.get(job.name, _("no longer part of the directory"))

    @admin.display(description=_("running"), boolean=True)
    def is_running(self, job: Job) -> bool:
        return bool(job.lease)

    @admin.display(description=_("last error"))
    def last_line(self, job: Job) -> str:
        lines = job.last_error.strip().splitlines()
        return lines[-1][:200] if lines else ""

    @admin.action(description=_("Run now, also what was stopped"), permissions=["operate"])
    def run_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = _each(queryset, jobs.resume)
        words = ngettext("%(count)d job is due now.", "%(count)d jobs are due now.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)


@admin.register(Mail)
class MailAdmin(Machinery):
    list_display = ["created_at", "purpose", "recipient", "subject", "state", "attempts"]
    list_display_links = ["subject"]
    list_filter = ["state", "purpose"]
    search_fields = ["recipient", "subject"]
    ordering = ["-pk"]
    actions = ["try_again"]

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, "mail.read")

    @admin.action(description=_("Try again now"), permissions=["operate"])
    def try_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = _each(queryset, try_mail_again)
        words = ngettext(
            "%(count)d letter is tried again.", "%(count)d letters are tried again.", count
        )
        self.message_user(request, words % {"count": count}, messages.SUCCESS)


@admin.register(LinkCheck)
class LinkCheckAdmin(Machinery):
    list_display = ["listing", "url", "last_answer", "failures", "failing_since", "flagged_at"]
    list_display_links = None
    list_filter = [("flagged_at", admin.EmptyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["url", "organization__name"]
    ordering = ["-flagged_at", "-failures", "pk"]

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request.user, "revision.revert")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("organization"))
    def listing(self, check: LinkCheck) -> str:
        url = reverse("admin:directory_organization_change", args=[check.organization_id])
        return format_html('<a href="{}">{}</a>', url, check.organization.name)


def _each(rows: Iterable, act: object) -> int:
    count = 0
    for row in rows:
        act(row)
        count += 1
    return count

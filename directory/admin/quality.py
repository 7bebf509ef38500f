"""The quality view: how complete the listings are that an editor cares for, and lists to work through."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from directory.actions import policies
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.quality_words import group_labels, reason
from directory.models import Finding, FindingKind, Job, Organization
from directory.models.finding import DOUBTS, LACKS
from directory.models.organization import OrganizationQuerySet
from directory.search.quality import (
    DEAD_LINK,
    GROUPINGS,
    STALE,
    Group,
    counted,
    grouped,
    narrowed,
    to_work_through,
)

PAGE_SIZE = 50
GROUPS_AT_ONCE = 40
LABELS = dict(FindingKind.choices) | {
    DEAD_LINK: _("Website does not answer"),
    STALE: _("Not looked at for long"),
}
GROUPING_LABELS = {"type": _("By type"), "region": _("By region"), "source": _("By source")}


@dataclass(frozen=True)
class Bar:
    """A line of a chart: what, how much of it is there, and where it leads."""

    label: Any
    count: int  # What the line is about: listings that lack it, or listings of a group.
    share: float  # From 0 to 1.
    url: str

    @property
    def percent(self) -> int:
        """Whole, and 100 only where nothing is missing."""
        return int(self.share * 100)


@dataclass(frozen=True)
class Figures:
    """Everything that is counted for the page."""

    total: int
    counts: dict[str, int]
    groups: list[Group]
    counted_at: datetime.datetime


@dataclass(frozen=True)
class Part:
    """The part of the listings that is looked at: all, or one type, region or source."""

    by: str = ""
    code: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Part":
        """From the address; whatever is not known is left aside."""
        by, code = request.GET.get("of", ""), request.GET.get("code", "")[:200]
        return cls(by, code) if by in GROUPINGS and code and "\x00" not in code else cls()

    def url(self, name: str, *args: str, **further: str) -> str:
        """The address of a page about this part."""
        asked = ({"of": self.by, "code": self.code} if self.by else {}) | further
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{reverse(f'admin:directory_finding_{name}', args=args)}{query}"

    def organizations(self, request: HttpRequest) -> OrganizationQuerySet:
        """The published listings of this part that this person cares for."""
        rows = Organization.objects.published()
        scoped = policies.scope(request.user, Action.QUALITY_READ, rows)
        return narrowed(scoped, self.by, self.code) if self.by else scoped


@admin.register(Finding)
class FindingAdmin(ByPolicy, admin.ModelAdmin):
    """One page of charts, and a list for each kind of finding."""

    to_read = Action.QUALITY_READ

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.list_view)
        return [path("list/<slug:kind>/", view, name="directory_finding_list"), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Finding | None = None) -> bool:
        """They are seen in lists of listings, never one by one."""
        return obj is None and super().has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        """Charts: what is missing, what is doubtful, and how complete each group is."""
        self._check(request)
        part = Part.of(request)
        by = request.GET.get("by", "")
        by = by if by in GROUPINGS else GROUPINGS[0]
        figures = figures_of(request, part, by)
        total, counts = figures.total, figures.counts
        page = Paginator(figures.groups, GROUPS_AT_ONCE).get_page(request.GET.get("page"))
        context = self._context(request, part) | {
            "title": _("What listings lack"),
            "total": total,
            "lacks": [bar(part, kind, counts, total) for kind in LACKS],
            "doubts": [bar(part, kind, counts, total) for kind in (DEAD_LINK, STALE, *DOUBTS)],
            "groups": group_bars(page.object_list, by),
            "page": page,
            "counted_at": figures.counted_at,
            "is_known": any(counts.values()),  # Else nothing lacks, or nobody has looked yet.
            "groupings": [
                (GROUPING_LABELS[each], part.url("changelist", by=each), each == by)
                for each in GROUPINGS
            ],
            "grouping": GROUPING_LABELS[by],
        }
        return TemplateResponse(request, "admin/directory/quality.html", context)

    def list_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The listings of one kind, each with a link to its form."""
        self._check(request)
        if kind not in LABELS:
            raise Http404
        part = Part.of(request)
        keys = to_work_through(part.organizations(request), kind)
        page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
        listings = Organization.objects.cards(page.object_list)
        rows = [listings[key] for key in page.object_list if key in listings]
        context = self._context(request, part) | {
            "title": LABELS[kind],
            "overview_url": part.url("changelist"),
            "page": page,
            "rows": [(row, reason(row, kind)) for row in rows],
        }
        return TemplateResponse(request, "admin/directory/quality_list.html", context)

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _context(self, request: HttpRequest, part: Part) -> dict[str, Any]:
        job = Job.objects.filter(name="quality").first()
        labels = group_labels(part.by, [part.code]) if part.by else {}
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "looked_at": job.last_finished_at if job else None,
            "part": labels.get(part.code, part.code),
            "whole_url": Part().url("changelist"),
        }


def figures_of(request: HttpRequest, part: Part, by: str) -> Figures:
    """Counted now; in a large directory, kept for a while for this person."""
    key = f"quality:{request.user.pk}:{quote_plus(part.by + part.code)}:{by}"
    if (kept := cache.get(key)) is not None:
        return kept
    rows = part.organizations(request)
    groups = [] if part.by == by else grouped(rows, by)
    found = Figures(rows.count(), counted(rows), groups, timezone.now())
    if found.total > settings.QUALITY_LIVE_MAX:
        cache.set(key, found, settings.QUALITY_KEPT_SECONDS)
    return found


def bar(part: Part, kind: str, counts: dict[str, int], total: int) -> Bar:
    """A kind of finding: how many listings have it, and the share of those that do not."""
    count = counts.get(kind, 0)
    return Bar(LABELS[kind], count, 1.0 - count / total if total else 1.0, part.url("list", kind))


def group_bars(groups: list[Group], by: str) -> list[Bar]:
    """The groups of listings, each with how complete it is."""
    labels = group_labels(by, [group.code for group in groups])
    return [
        Bar(
            labels.get(group.code, group.code),
            group.listings,
            group.share,
            Part(by, group.code).url("changelist"),
        )
        for group in groups
    ]

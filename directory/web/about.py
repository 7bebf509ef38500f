"""Pages about the directory itself: what belongs, how it is checked, ordered, kept and shared."""

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Source, VerificationLevel, vocabulary
from directory.models.confirmation import STALE_AFTER_DAYS
from directory.web.crumbs import home
from directory.web.stitches import LINES, Stitch


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the solidarity economy is, and what is listed."""
    context = {
        "families": vocabulary().roots("type"),
        "values": vocabulary().roots("value"),
        "crumbs": [home()],
    }
    return render(request, "directory/about.html", context)


@require_safe
def about_checking(request: HttpRequest) -> HttpResponse:
    """What each stitch means, and how long it holds."""
    levels = [(stitch_of(level), explained(level), months(level)) for level in VerificationLevel]
    context = {
        "levels": levels[::-1],
        "old": Stitch("old", "look", _("Checked in 2023, needs a new look")),
        "doubt": Stitch("doubt", "look", _("Closed")),
        "crumbs": [home()],
    }
    return render(request, "directory/about_checking.html", context)


@require_safe
def about_search(request: HttpRequest) -> HttpResponse:
    """How results are found and ordered."""
    return render(request, "directory/about_search.html", {"crumbs": [home()]})


@require_safe
def about_privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of visitors and of those listed, and how to be taken out."""
    context = {
        "search_gaps": settings.SEARCH_GAPS,
        "gaps_shown_from": settings.GAPS_SHOWN_FROM,
        "gaps_months": settings.SEARCH_GAPS_MONTHS,
        "crumbs": [home()],
    }
    return render(request, "directory/about_privacy.html", context)


@require_safe
def about_accessibility(request: HttpRequest) -> HttpResponse:
    """What the pages can do for whom, and what they cannot yet."""
    return render(request, "directory/about_accessibility.html", {"crumbs": [home()]})


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    """Where the facts come from, and under which licences."""
    is_published = Q(records__organization__publication="published")
    sources = Source.objects.annotate(
        listings=Count("records__organization", filter=is_published, distinct=True)
    ).order_by("name", "pk")
    context = {"sources": sources, "crumbs": [home()]}
    return render(request, "directory/about_data.html", context)


def stitch_of(level: VerificationLevel) -> Stitch:
    line, icon = LINES[level]
    return Stitch(line, icon, str(level.label))


def months(level: VerificationLevel) -> int:
    """After how many months a check of this level wants a new look."""
    return round(STALE_AFTER_DAYS[level] / 30.4)


def explained(level: VerificationLevel) -> str:
    """What a level means, in one or two sentences."""
    return {
        VerificationLevel.UNVERIFIED: _(
            "It was taken over from a register or another directory, and nobody here has looked "
            "at it since."
        ),
        VerificationLevel.SELF_REPORTED: _(
            "The group says it of itself, here or on its own website. Nobody else has looked."
        ),
        VerificationLevel.EDITOR_CHECKED: _(
            "An editor of this directory looked at a source, and the source is named."
        ),
        VerificationLevel.ORG_CONFIRMED: _(
            "Somebody at the address that the group published, or who was shown to speak for it, "
            "confirmed the listing."
        ),
        VerificationLevel.PEER_VOUCHED: _(
            "Another group or a network that knows it vouches for it, by name."
        ),
        VerificationLevel.DOCUMENTED: _(
            "An editor saw papers, such as bylaws, a charter or an entry in a register."
        ),
    }[level]

"""One's own account: who is signed in, as what, and which listings they speak for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Where the foot of every page leads, which cannot know who reads it; others sign in first."""
    person = request.user
    if not person.is_authenticated:
        return redirect(settings.LOGIN_URL)
    standing = person.speaks_for.standing().select_related("organization")
    context = {"speaks_for": standing.order_by("organization__name", "pk")}
    return render(request, "account/account.html", context)

"""What every request of somebody who signed in passes through.

A request without the session's cookie is left alone: asking who it is would make each page vary
by cookies, and no shared cache could keep it.
"""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts.models import User
from accounts.second_factor import has_second_factor

Handler = Callable[[HttpRequest], HttpResponse]

STARTED, SEEN = "session_started_at", "session_seen_at"  # Seconds since 1970, in the session.
SEEN_EVERY = 60  # Seconds between two notes that somebody is still here: a write each.
SECRETS = ("/accounts/", "/admin/login/")  # What is typed there is shown to nobody; `path_info`s.
TYPED_MIN = 12  # Letters; what is shorter is a number, a choice, or soon typed again.
TYPED_SIGNS = frozenset(" \n@/")  # What has none of them is no text or address: a code, a stamp.


class SessionAge:
    """Ends a sign-in that was idle, or held, for too long (SAFETY V7)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request) and request.user.is_authenticated:
            now = int(time.time())
            if is_over(request, now):
                logout(request)
            elif now - request.session.get(SEEN, 0) >= SEEN_EVERY:
                request.session.setdefault(STARTED, now)
                request.session[SEEN] = now
        return self.get_response(request)


class SecondFactorFirst:
    """Lets nobody work in the admin without a second factor.

    Elsewhere a sign-in of an editor, curator or operator without one counts as none: they can
    read what everybody reads. Their own account stays open to them, to set one up.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request) and not request.path_info.startswith("/accounts/"):
            person = request.user
            if person.is_authenticated and person.is_staff and not has_second_factor(person):
                if request.path_info.startswith("/admin/"):
                    return redirect("mfa_index")
                request.user = AnonymousUser()
        return self.get_response(request)


class NothingTypedIsLost:
    """Shows what was typed in a form that came in when the sign-in had ended, however it ended.

    By age, from another place, by a new password: all that is known here is that the answer sends
    nobody in particular to the sign-in page. A view that did what it was asked to and leads there
    says so by `was_done` on its answer.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.method == "POST"
            and not request.path_info.startswith(SECRETS)
            and not getattr(response, "was_done", False)
            and leads_to_sign_in(response)
            and not request.user.is_authenticated
        ):
            return signed_out(request, way=response["Location"])
        return response


def leads_to_sign_in(response: HttpResponse) -> bool:
    pages = {reverse(settings.LOGIN_URL), reverse("admin:login")}
    return response.status_code == 302 and urlsplit(response["Location"]).path in pages


def signed_out(request: HttpRequest, *, way: str) -> HttpResponse:
    """403: a form came in when the sign-in had ended. What was typed in it is shown, to be copied.

    `way` leads back in; nobody who typed next to nothing is kept from it.
    """
    texts = [
        text
        for name, values in request.POST.lists()
        if "password" not in name.lower()
        for text in values
        if len(text.strip()) >= TYPED_MIN and TYPED_SIGNS & {*text.strip()}
    ]
    if not texts:
        return redirect(way)
    context = {"texts": texts, "way": way}
    response = render(request, "account/signed_out.html", context, status=403)
    add_never_cache_headers(response)
    return response


def has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session's cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_over(request: HttpRequest, now: int) -> bool:
    """Whether the sign-in was idle or held longer than this person's role allows."""
    idle, held = session_ages(request.user)
    started = request.session.get(STARTED, now)
    seen = request.session.get(SEEN, now)
    return now - seen > idle or now - started > held


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether this person signed in a moment ago."""
    started = request.session.get(STARTED, 0)
    return time.time() - started < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def session_ages(person: User) -> tuple[int, int]:
    """How many seconds a sign-in may be idle, and may last in all."""
    return settings.SESSION_AGES["staff" if person.is_staff else "public"]

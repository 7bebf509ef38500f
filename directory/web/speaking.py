"""Ask to speak for a listed enterprise, and come in by the letter that answers."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.second_factor import has_second_factor
from directory.actions import speaking
from directory.models import Organization, Spokesperson
from directory.web.crumbs import home
from directory.web.limits import HOUR, address_of, count, is_over
from directory.web.listing import elsewhere
from directory.web.speaking_forms import AskForm
from directory.web.stamps import remember, sent_before


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organization_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, address, and how one belongs to it or a code; the answer is the same for everybody."""
    organization = Organization.objects.called(slug).first()
    answer = elsewhere(request, organization, "organization-claim", slug)
    if answer is not None:
        return answer
    typed = request.POST if request.method == "POST" else None
    form = AskForm(typed, organization=organization)
    if form.is_valid() and sent_before(form.cleaned_data["stamp"]) is None:
        if is_over("speaking", address_of(request), settings.SPEAKING_ASKED_PER_HOUR):
            return _slow_down(request, organization, form)
        _ask(request, organization, form)
    if not form.is_valid():
        return _page(request, organization, form)
    return redirect(f"{request.path}?sent=1")


def _ask(request: HttpRequest, organization: Organization, form: AskForm) -> None:
    """Ask, once; a refusal is a fault of the form."""
    count("speaking", address_of(request))
    given = form.cleaned_data
    who = {
        "email": given["email"],
        "name": given["name"],
        "language": (get_language() or "en").split("-")[0],
    }
    try:
        if given["code"]:
            speaking.use_code(organization, given["code"], **who)
        else:
            speaking.ask(organization, statement=given["statement"], **who)
    except speaking.SpeakingRefused as refusal:
        form.add_error("code" if given["code"] else None, str(refusal))
    else:
        remember(given["stamp"], organization.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing; its button lets in."""
    asked = speaking.request_of(token)
    if asked is None:
        return _refused(request, _("It was used already, or is too old. Ask for a new one."))
    if request.method == "POST":
        try:
            return _come_in(request, speaking.accept_letter(asked))
        except speaking.SpeakingRefused as refusal:
            return _refused(request, str(refusal))
    context = {"organization": asked.organization, "action": request.path, "crumbs": [home()]}
    return render(request, "directory/claim_letter.html", context)


def _come_in(request: HttpRequest, spokesperson: Spokesperson) -> HttpResponse:
    """Sign in; whoever has a second factor, or must have one, signs in with it."""
    person = spokesperson.person
    manage = reverse("organization-manage", args=[spokesperson.organization.slug])
    if person.is_staff or has_second_factor(person):
        way = redirect(f"{reverse(settings.LOGIN_URL)}?next={manage}")
        way.was_done = True  # For NothingTypedIsLost: nothing was lost.
        return way
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(manage)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"reason": reason, "crumbs": [home()]}
    return render(request, "directory/reminder_refused.html", context, status=410)


def _slow_down(request: HttpRequest, organization: Organization, form: AskForm) -> HttpResponse:
    form.add_error(None, _("Too much was sent from here. Try again in an hour."))
    response = _page(request, organization, form)
    response.status_code = 429
    response["Retry-After"] = str(HOUR)
    return response


def _page(request: HttpRequest, organization: Organization, form: AskForm) -> HttpResponse:
    context = {
        "organization": organization,
        "form": form,
        "faults": form.faults if form.is_bound else [],
        "is_sent": "sent" in request.GET and not form.is_bound,
        "link_days": settings.SPEAKING_LINK_DAYS,
        "crumbs": [home(), (organization.name, organization.get_absolute_url())],
    }
    return render(request, "directory/organization_claim.html", context)

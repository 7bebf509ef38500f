"""A visitor says that a listing is still right: no account, weak evidence."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.actions.facts import say_still_right
from directory.models import Fact, Organization
from directory.web.confirmed import facts_confirmed, facts_shown
from directory.web.crumbs import home
from directory.web.limits import HOUR, address_of, count, is_over
from directory.web.listing import elsewhere


class ConfirmForm(forms.Form):
    """Which of the facts that the listing tells are right."""

    use_required_attribute = False

    facts = forms.MultipleChoiceField(
        label=gettext_lazy("What do you know to be right?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what you know to be right.")},
    )

    def __init__(self, *arguments: object, shown: list[Fact], **options: object) -> None:
        super().__init__(*arguments, auto_id="%s", **options)
        self.fields["facts"].choices = [(fact.value, fact.label) for fact in shown]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Each fault with the id of its field; "" for none."""
        return [
            ("facts" if name == "facts" else "", message)
            for name, messages in self.errors.items()
            for message in messages
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organization_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick what is still right; afterwards, thanks."""
    organization = Organization.objects.for_page().called(slug).first()
    answer = elsewhere(request, organization, "organization-confirm", slug)
    if answer is not None:
        return answer
    typed = request.POST if request.method == "POST" else None
    form = ConfirmForm(typed, shown=facts_shown(organization))
    if not form.is_valid():
        return _page(request, organization, form)
    if is_over("confirm", address_of(request), settings.CONFIRMATIONS_PER_HOUR):
        return _slow_down(request, organization, form)
    count("confirm", address_of(request))
    say_still_right(organization, facts=[Fact(code) for code in form.cleaned_data["facts"]])
    return redirect("organization-confirmed", organization.slug)


@never_cache
@require_http_methods(["GET", "HEAD"])
def organization_confirmed(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks, and what was noted."""
    organization = Organization.objects.for_page().called(slug).first()
    answer = elsewhere(request, organization, "organization-confirmed", slug)
    if answer is not None:
        return answer
    context = {
        "organization": organization,
        "facts_confirmed": facts_confirmed(organization),
        "crumbs": [home(), (organization.name, organization.get_absolute_url())],
    }
    return render(request, "directory/organization_confirmed.html", context)


def _slow_down(request: HttpRequest, organization: Organization, form: ConfirmForm) -> HttpResponse:
    form.add_error(None, _("Too much was sent from here. Try again in an hour."))
    response = _page(request, organization, form)
    response.status_code = 429
    response["Retry-After"] = str(HOUR)
    return response


def _page(request: HttpRequest, organization: Organization, form: ConfirmForm) -> HttpResponse:
    context = {
        "organization": organization,
        "form": form,
        "faults": form.faults if form.is_bound else [],
        "crumbs": [home(), (organization.name, organization.get_absolute_url())],
    }
    return render(request, "directory/organization_confirm.html", context)

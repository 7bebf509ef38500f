"""Where the links of a reminder lead: the page only shows, its buttons act."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from directory.actions import reminders
from directory.documents.texts import phone_words
from directory.models import Answer, Fact, Organization, Reminder
from directory.web.addresses import addresses_of
from directory.web.confirmed import facts_shown
from directory.web.crumbs import home
from directory.web.listing import gone
from directory.web.plain_fields import PlainText

View = Callable[[HttpRequest, str], HttpResponse]


class AnswerForm(forms.Form):
    """One of four answers, the facts that are right, and words for the editors."""

    answer = forms.ChoiceField(choices=Answer.choices)
    facts = forms.MultipleChoiceField(
        label=gettext_lazy("What is right?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = PlainText(
        label=gettext_lazy("What changed?"),
        help_text=gettext_lazy("An editor reads it. You may leave it empty."),
        lines=4,
        max_length=1500,
        required=False,
    )

    def __init__(self, *arguments: object, shown: list[Fact], **options: object) -> None:
        super().__init__(*arguments, auto_id="%s", **options)
        self.fields["facts"].choices = [(fact.value, fact.label) for fact in shown]
        self.fields["facts"].initial = [fact.value for fact in shown]


def of_a_letter(view: View) -> View:
    """For pages that only the holder of a link may see: told to nobody, kept nowhere."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, token)
        except reminders.NotAnswerable as refusal:
            context = {"reason": str(refusal), "crumbs": [home()]}
            return render(request, "directory/reminder_refused.html", context, status=410)

    return shown


@of_a_letter
def reminder_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The listing in short, and four buttons; once answered, thanks."""
    reminder = reminders.reminder_of(token)
    standing = reminder.organization.remaining
    organization = Organization.objects.for_page().get(pk=standing.pk)
    if not organization.is_published:
        return gone(request)
    typed = request.POST if request.method == "POST" and not reminder.answer else None
    form = AnswerForm(typed, shown=facts_shown(organization))
    if form.is_valid():
        facts = [Fact(code) for code in form.cleaned_data["facts"]]
        said = Answer(form.cleaned_data["answer"])
        reminders.answer(reminder, said, facts=facts, words=form.cleaned_data["words"])
        return redirect(request.path)
    context = {
        "organization": organization,
        "reminder": reminder,
        "form": form,
        "addresses": addresses_of(organization, timezone.now()),
        "phone_words": phone_words(organization.phone),
        "action": request.path,
        "crumbs": [home()],
    }
    return render(request, "directory/reminder_answer.html", context)


@of_a_letter
def reminder_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One button: no more such letters."""
    reminder: Reminder = reminders.stopped_by(token)
    if request.method == "POST" and "stop" in request.POST:
        reminders.stop(reminder)
        return redirect(request.path)
    context = {"reminder": reminder, "action": request.path, "crumbs": [home()]}
    return render(request, "directory/reminder_stop.html", context)

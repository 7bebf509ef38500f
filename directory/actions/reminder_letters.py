"""The letter that asks an enterprise whether its listing is still right, in its language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.actions.mail import queue_mail
from directory.models import Mail, Organization


def ask(organization: Organization, *, answer_token: str, stop_token: str) -> Mail:
    """Write the letter into the outbox. It holds two links: to answer, and to get no more."""
    language = language_of(organization)
    answer = reverse("reminder-answer", args=[answer_token])
    stop = reverse("reminder-stop", args=[stop_token])
    with translation.override(language):
        subject = _("Is this still right? %(name)s") % {"name": organization.name}
        body = _body(organization, settings.SITE_URL + answer, settings.SITE_URL + stop)
        return queue_mail(organization.email, subject, body, language, "reminder")


def language_of(organization: Organization) -> str:
    """The language of its listing where ours speaks it, else the directory's own."""
    written = organization.language.split("-")[0]
    known = {code for code, _name in settings.LANGUAGES}
    return written if written in known else settings.LANGUAGE_CODE


def _body(organization: Organization, answer_url: str, stop_url: str) -> str:
    """Plain text: markup of any kind stays what was typed."""
    paragraphs = [
        _("%(name)s is listed in the directory %(site)s:")
        % {"name": organization.name, "site": settings.SITE_NAME},
        settings.SITE_URL + organization.get_absolute_url(),
        _since(organization),
        _("Please open this page and press one button: still right, change, closed, or not us."),
        answer_url,
        _("Opening the page changes nothing. The link holds for %(days)s days and works once.")
        % {"days": settings.REMINDER_ANSWER_DAYS},
        _("To change the listing yourselves whenever you like, speak for it here:"),
        settings.SITE_URL + reverse("organization-claim", args=[organization.slug]),
        _("If you want no more such letters, say so here:"),
        stop_url,
    ]
    return "\n\n".join(paragraphs) + "\n"


def _since(organization: Organization) -> str:
    if organization.last_confirmed_at is None:
        return _("Nobody has confirmed yet that it is right.")
    day = date_format(organization.last_confirmed_at, "DATE_FORMAT")
    return _("It was last confirmed on %(day)s.") % {"day": day}

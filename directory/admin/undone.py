"""What undid a change, in words with a link."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.models import Changeset, ImportRun


def undone_in_words(changeset: Changeset) -> str:
    """When and by whom a changeset loaded with_undoing() was undone, with a link to the change
    that did; "" for nothing."""
    return _said(changeset, _("Undone"), _("Undone in part"))


def taken_back_in_words(run: ImportRun) -> str:
    """The same of an import whose changeset was loaded with_undoing()."""
    if run.changeset is None:
        return ""
    whole, in_part = pgettext("import", "Taken back"), pgettext("import", "Taken back in part")
    return _said(run.changeset, whole, in_part)


def _said(changeset: Changeset, whole: str, in_part: str) -> str:
    if not changeset.undoings:
        return ""
    last = changeset.undoings[0]
    told = [
        whole if changeset.is_undone else in_part,
        date_format(localtime(last.created_at), "DATETIME_FORMAT"),
        _("by %(who)s") % {"who": last.by} if last.by else "",
    ]
    url = reverse("admin:directory_changeset_change", args=[last.pk])
    number = _("change %(number)d") % {"number": last.pk}
    return format_html('{} (<a href="{}">{}</a>)', ", ".join(filter(None, told)), url, number)

"""What an action refuses, shown in the form with everything that was typed still in it."""

from django import forms
from django.utils.translation import gettext as _

from directory.actions import exclusions, organizations
from directory.admin.crossing import Crossed
from directory.admin.values import change_in_words, value_in_words
from directory.documents import Change

REFUSALS = (
    Crossed,
    organizations.NotPublishable,
    organizations.NotPublished,
    organizations.SlugTaken,
    exclusions.Excluded,
)
CHANGES_SHOWN = 20


def show_refusal(form: forms.ModelForm, refusal: Exception) -> None:
    """Put the refusal at its field, or above all fields."""
    if isinstance(refusal, organizations.SlugTaken):
        form.add_error("slug", str(refusal))
    elif isinstance(refusal, Crossed):
        changes = refusal.changes[:CHANGES_SHOWN]
        form.add_error(None, [_who_crossed(refusal), *(_compared(c, refusal) for c in changes)])
        # Whoever saves again has read what changed, and decides.
        form.data = form.data.copy()
        form.data["opened_version"] = refusal.conflict.version
    else:
        form.add_error(None, str(refusal))


def _who_crossed(crossed: Crossed) -> str:
    people = {str(r.changeset.by) for r in crossed.conflict.revisions if r.changeset.by}
    who = ", ".join(sorted(people)) or _("Somebody")
    return _(
        "%(who)s changed this listing after you opened it. What you typed is kept below. Compare, "
        "then save again."
    ) % {"who": who}


def _compared(change: Change, crossed: Crossed) -> str:
    """One change of the other editor as a line: as it was, as it is, and what became of it here."""
    field, before, after = change_in_words(change)
    told = _("%(field)s: was “%(before)s”, is now “%(after)s”.") % {
        "field": field,
        "before": before,
        "after": after,
    }
    if change.field in crossed.taken_over:
        return told + " " + _("Taken over below.")
    if len(change.path) > 1:
        return told + " " + _("Yours is below.")
    yours = value_in_words(change.field, crossed.typed.get(change.field))
    return told + " " + _("Yours, below: “%(yours)s”.") % {"yours": yours}

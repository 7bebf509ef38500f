"""What an action refuses, shown in the form with everything that was typed still in it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.actions import exclusions, organizations
from directory.admin.values import in_one_line, label_of
from directory.documents import Change

REFUSALS = (
    organizations.EditConflict,
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
    elif isinstance(refusal, organizations.EditConflict):
        form.add_error(None, [_conflict(refusal), *_changes(refusal.changes)])
        # Whoever saves again has read what changed, and decides.
        form.data = form.data.copy()
        form.data["opened_version"] = refusal.version
    else:
        form.add_error(None, str(refusal))


def _conflict(refusal: organizations.EditConflict) -> str:
    people = {str(r.changeset.by) for r in refusal.revisions if r.changeset.by}
    who = ", ".join(sorted(people)) or _("Somebody")
    return _(
        "%(who)s changed this listing after you opened it. What you typed is kept below. "
        "Take over what you want to keep of these changes, then save again."
    ) % {"who": who}


def _changes(changes: list[Change]) -> list[str]:
    return [_in_words(change) for change in changes[:CHANGES_SHOWN]]


def _in_words(change: Change) -> str:
    """One change as a line; parts of lists are named by their place."""
    name = " ".join(
        [label_of(change.field), *(str(key + 1 if isinstance(key, int) else key) for key in path)]
        if (path := change.path[1:])
        else [label_of(change.field)]
    )
    before, after = in_one_line(change.before), in_one_line(change.after)
    return _("%(field)s: was “%(before)s”, is now “%(after)s”") % {
        "field": capfirst(name),
        "before": before,
        "after": after,
    }

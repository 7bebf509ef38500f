"""What an action refuses, shown in the form with everything that was typed still in it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.actions import organizations
from directory.documents import Change
from directory.models import Organization

REFUSALS = (
    organizations.EditConflict,
    organizations.NotPublishable,
    organizations.NotPublished,
    organizations.SlugTaken,
)
CHANGES_SHOWN = 20
LONGEST_VALUE = 200


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
        [_label(change.field), *(str(key + 1 if isinstance(key, int) else key) for key in path)]
        if (path := change.path[1:])
        else [_label(change.field)]
    )
    before, after = _value(change.before), _value(change.after)
    return _("%(field)s: was “%(before)s”, is now “%(after)s”") % {
        "field": capfirst(name),
        "before": before,
        "after": after,
    }


def _label(field: str) -> str:
    """The field's name in words; a part's from its table."""
    rows = {"sources": "source_records"}.get(field, field)
    found = Organization._meta.get_field(rows)
    if found.is_relation:
        return str(found.related_model._meta.verbose_name_plural)
    return str(found.verbose_name)


def _value(value: object) -> str:
    """A value as one line: a part by what it holds."""
    if isinstance(value, dict):
        return _cut(", ".join(_value(held) for held in value.values() if held not in (None, "")))
    if isinstance(value, list):
        return _cut("; ".join(_value(held) for held in value))
    return _cut("" if value is None else str(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} …"

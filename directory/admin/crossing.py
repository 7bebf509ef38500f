"""Two editors in the same form: what only the other changed is taken over, the rest is compared.

The second to save gets the form back. What they typed stays; a member of the document (a field, the
locations, …) that they left alone says what the other made of it; one that both changed is shown as
it was, as it is now, and as it was typed.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from directory.actions.organizations import EditConflict
from directory.documents import Change, difference

# How fields of the form begin that are members of a member.
PREFIXES = {"governance": "governance_", "translations": "translation_"}


class Crossed(Exception):
    """An edit that crosses another editor's; `typed` is the document that it would have written."""

    def __init__(self, conflict: EditConflict, typed: dict[str, Any]) -> None:
        super().__init__(str(conflict))
        self.conflict = conflict
        self.typed = typed

    @property
    def taken_over(self) -> set[str]:
        """Members of the document that only the other editor changed."""
        mine = difference(self.conflict.base, self.typed)
        return {change.field for change in self.changes} - {c.field for c in _by_hand(mine)}

    @property
    def changes(self) -> list[Change]:
        """What the other editor changed."""
        return _by_hand(self.conflict.changes)


def _by_hand(changes: list[Change]) -> list[Change]:
    """Without which fields came from a source: no form has that, it follows from the values."""
    return [change for change in changes if change.path[2:3] != ("fields",)]


def with_theirs(
    sent: QueryDict,
    crossed: Crossed,
    form: forms.BaseForm,
    parts: Mapping[str, forms.BaseInlineFormSet],
) -> QueryDict:
    """What was sent, with the other editor's values in `taken_over`.

    `form` and `parts`, by member, are unbound ones of the listing as it is now.
    """
    merged = sent.copy()
    for member in crossed.taken_over:
        prefix = PREFIXES.get(member)
        for name in form.fields:
            if name == member or (prefix and name.startswith(prefix)):
                put(merged, form[name])
        if member in parts:
            put_rows(merged, parts[member])
    return merged


def put_rows(sent: QueryDict, formset: forms.BaseInlineFormSet) -> None:
    """Let the rows of a part be what this formset shows, and no other."""
    for name in [name for name in sent if name.startswith(f"{formset.prefix}-")]:
        del sent[name]
    for form in [formset.management_form, *formset.forms]:
        for name in form.fields:
            put(sent, form[name])


def put(sent: QueryDict, field: forms.BoundField) -> None:
    """Let the field be sent as a browser sends it where nobody touched it."""
    value = field.value()
    sent.pop(field.html_name, None)
    if isinstance(field.field.widget, forms.CheckboxInput):
        if value:
            sent[field.html_name] = "on"
    elif isinstance(value, list):
        sent.setlist(field.html_name, [str(each) for each in value])
    elif value is not None:
        sent[field.html_name] = str(value)

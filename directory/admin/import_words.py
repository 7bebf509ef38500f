"""What words of a file mean that are no terms of the vocabulary: an editor says it once for all rows."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from directory.exchange.mappings import Mapping, Rule
from directory.models import CLAIMABLE_SCHEMES, vocabulary


class WordsForm(forms.Form):
    """A field for each word that the last reading left out: the term that it stands for.

    `words` are [column, word, rows], as an import counts them.
    """

    def __init__(self, words: list, mapping: Mapping, data: Any = None) -> None:
        super().__init__(data)
        self._rules = {rule.columns: rule for rule in mapping.rules}
        self.words: dict[str, tuple[tuple[str, ...], str]] = {}
        for i, (column, word, count) in enumerate(words):
            rule = self._rules.get((column,))
            if rule is None or rule.target not in CLAIMABLE_SCHEMES:
                continue
            self.words[f"word-{i}"] = rule.columns, word
            self.fields[f"word-{i}"] = forms.ChoiceField(
                label=f"“{word}” ({column}: {count})",
                choices=[("", _("Leave it out")), *_terms(rule.target)],
                required=False,
            )

    def said_in(self, mapping: Mapping) -> Mapping:
        """The mapping with what the words were said to mean, where it reads their column so still."""
        said: dict[tuple[str, ...], dict[str, str]] = {}
        for name, (columns, word) in self.words.items():
            if code := self.cleaned_data.get(name):
                said.setdefault(columns, {})[word] = code
        rules = (self._with(rule, said.get(rule.columns, {})) for rule in mapping.rules)
        return replace(mapping, rules=tuple(rules))

    def _with(self, rule: Rule, said: dict[str, str]) -> Rule:
        is_as_read = said and rule.target == self._rules[rule.columns].target
        return replace(rule, values=rule.values | said) if is_as_read else rule


def _terms(scheme: str) -> list[tuple[str, str]]:
    terms = vocabulary().terms.items()
    found = [(code, term.label) for (of, code), term in terms if of == scheme and term.is_active]
    return sorted(found, key=lambda pair: pair[1].casefold())

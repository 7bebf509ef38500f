"""Terms by whatever a file calls them: code, label or synonym in any language."""

import re

from directory.models import Vocabulary, vocabulary
from directory.search.words import fold_name

_LAST_PART = re.compile(r"[/#]([^/#]+)/?$")


class TermFinder:
    """The vocabulary by folded names; read once for a file."""

    def __init__(self, terms: Vocabulary | None = None) -> None:
        self._codes: dict[str, dict[str, str]] = {}
        for (scheme, code), term in (terms or vocabulary()).terms.items():
            if not term.is_active:
                continue
            names = self._codes.setdefault(scheme, {})
            names[fold_name(code)] = code
        # A code is surer than a label, a label than a synonym, and a broad term than a narrow one.
        for kind in ("labels", "synonyms"):
            for (scheme, code), term in (terms or vocabulary()).terms.items():
                for name in _names(getattr(term, kind)) if term.is_active else ():
                    self._codes[scheme].setdefault(fold_name(name), code)

    def code(self, scheme: str, text: str) -> str:
        """The code of the term of that scheme; "" where none is called so.

        Knows names in the plural with an s, and addresses that end in a code.
        """
        names = self._codes.get(scheme, {})
        if found := _LAST_PART.search(text):
            text = found[1]
        name = fold_name(text)
        return names.get(name) or names.get(name.removesuffix("s")) or names.get(f"{name}s") or ""


def _names(texts: dict) -> list[str]:
    """All names of labels ({language: name}) or synonyms ({language: [names]})."""
    found: list[str] = []
    for value in texts.values():
        found += [value] if isinstance(value, str) else value
    return found

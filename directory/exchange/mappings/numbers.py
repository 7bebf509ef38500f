"""Counts and yes or no, as files write them."""

import re

from django.utils.translation import gettext as _

from directory.exchange.mappings.understood import NotUnderstood, Understood, of_one_value
from directory.search.words import fold

YES = frozenset("1 y yes true t x si sim oui ja wahr verdadero verdadeiro vrai".split())
NO = frozenset("0 n no false f nao non nein falsch falso faux".split())
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,' \u00a0\u202f’][0-9]{3})+")
_PLAIN = re.compile(r"([0-9]+)(?:[.,]0+)?")


@of_one_value
def read_count(text: str) -> Understood:
    """A whole number: 1258, 1,258, 1.258, 12 676 or 1258.0. Raises NotUnderstood."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return Understood(int(re.sub(r"[^0-9]", "", text)))
    if (found := _PLAIN.fullmatch(text)) and len(found[1]) < 16:
        return Understood(int(found[1]))
    raise NotUnderstood(_("This must be a whole number."))


@of_one_value
def read_yes_no(text: str) -> Understood:
    """Yes or no in the languages of files that come here. Raises NotUnderstood."""
    word = fold(text.strip())
    if word in YES or word in NO:
        return Understood(word in YES)
    raise NotUnderstood(_("Write yes or no."))

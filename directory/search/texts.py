"""Texts that came from outside, made fit to be shown again."""

import unicodedata

from django.utils import formats

SHOWN_MAX = 60  # Characters of a wrong value that a message repeats.


def shown(text: str) -> str:
    """The text short and without characters that cannot be shown, for a message."""
    clean = "".join("\ufffd" if is_forbidden(c) else c for c in text[: SHOWN_MAX + 1])
    return clean if len(clean) <= SHOWN_MAX else clean[:SHOWN_MAX] + "…"


def is_forbidden(character: str) -> bool:
    """Controls, lone surrogates, and invisible format characters other than the joiners."""
    category = unicodedata.category(character)
    if character in "\t\n\r":
        return False
    return category in {"Cc", "Cs"} or (category == "Cf" and character not in "\u200c\u200d")


def first_forbidden(text: str) -> str:
    """The first character that a parameter must not hold, or ""."""
    if text.isascii() and text.isprintable():
        return ""
    return next((character for character in text if is_forbidden(character)), "")


def number_shown(number: float) -> str:
    """A number as the reader writes it, without needless decimals: 10, 2.5 or 2,5."""
    return formats.number_format(int(number) if number == int(number) else number)

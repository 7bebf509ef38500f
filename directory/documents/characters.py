"""Characters that may stand in a text."""

import unicodedata

# Joiners that Persian, Hindi and emoji need; all other format characters are refused in names.
JOINERS = {"\u200c", "\u200d"}
BREAKS = {"\n", "\t"}


def forbidden_character(text: str, *, several_lines: bool) -> str | None:
    """The first character that must not be stored, or None.

    Refused are NUL and other controls, lone surrogates, and bidirectional or invisible format
    characters (SAFETY.md T5, T8). Line breaks and tabs pass in texts of several lines.
    """
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            return character
        if category == "Cc" and not (several_lines and character in BREAKS):
            return character
        if category == "Cf" and character not in JOINERS:
            return character
    return None


def tidy(text: str, *, several_lines: bool) -> str:
    """Composed characters (NFC), one kind of line break, no blanks around."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if several_lines:
        return text.strip()
    return " ".join(text.split()) if "\n" not in text and "\t" not in text else text

"""Names that registers write in capitals, set in ordinary case."""

import re

SMALL = frozenset("of the and for in on at de del la las los y e da do das dos du des et".split())
# Short forms that stay in capitals; others are known by having no vowel.
CAPITALS = frozenset("FCU CU USA US UK NYC II III IV VI VII VIII AFL CIO IBEW UAW USPS".split())
# Without a vowel, but words all the same.
SHORTENED = frozenset("ST STS MT FT PT DR MR MRS MS JR SR LTD DEPT CTY TWP".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWEL = re.compile("[AEIOUYÀ-ÖØ-Ý]")


def in_title_case(text: str) -> str:
    """`THE NEW ORLEANS FIREMEN'S` → `The New Orleans Firemen's`; texts with small letters stay."""
    if text != text.upper():
        return text
    return _WORD.sub(lambda found: _word(found[0], is_first=found.start() == 0), text)


def _word(word: str, *, is_first: bool) -> str:
    is_short_form = len(word) > 1 and not _VOWEL.search(word) and word not in SHORTENED
    if word in CAPITALS or is_short_form:
        return word
    if not is_first and word.lower() in SMALL:
        return word.lower()
    start, mark, rest = word.partition("'")
    if mark and len(rest) > 2:  # O'Brien, but Firemen's and I'll
        return f"{start.capitalize()}{mark}{rest.capitalize()}"
    return word.capitalize()

"""The words of a query taken apart: wanted, left out, and quoted together."""

import re
from dataclasses import dataclass, field

from directory.search.words import forms_of, is_stop_word, unspaced_runs, words_of

WORDS_MAX = 24  # Words of a query that are looked up; the rest of 200 letters says little more.
_PARTS = re.compile(r'(?<!\S)(-?)"([^"]*)"|(?<!\S)-(?=\w)(\S+)|(\S+)')
QUOTES = '"'
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


@dataclass(frozen=True)
class Question:
    """What the words ask for."""

    text: str  # the wanted words as typed, without signs
    words: tuple[str, ...] = ()  # wanted, in order, folded
    phrases: tuple[tuple[str, ...], ...] = ()  # wanted next to each other
    left_out: tuple[tuple[str, ...], ...] = ()  # words (or phrases) that must not stand there
    forms: tuple[str, ...] = ()  # one-word forms of dotted and hyphenated words
    # Folded word → as it was typed; a pair of letters of an unspaced script → the run it is of.
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def required(self) -> tuple[str, ...]:
        """The words that say something; all of them where none does."""
        telling = tuple(word for word in self.words if not is_stop_word(word))
        return telling or self.words


def question_of(text: str) -> Question:
    """`housing "credit union" -bank` taken apart."""
    wanted: list[str] = []
    phrases: list[tuple[str, ...]] = []
    left_out: list[tuple[str, ...]] = []
    for part in _PARTS.finditer(text.translate(_CURLY)):
        minus, quoted, excluded, word = part.groups()
        if word is not None:
            wanted.append(word)
        elif excluded is not None:
            left_out.append(tuple(words_of(excluded)))
        elif minus:
            left_out.append(tuple(words_of(quoted)))
        else:
            wanted.append(quoted)
            phrases.append(tuple(words_of(quoted)))
    plain = " ".join(wanted)
    return Question(
        text=plain,
        words=tuple(words_of(plain))[:WORDS_MAX],
        phrases=tuple(phrase for phrase in phrases if len(phrase) > 1),
        left_out=tuple(words for words in left_out if words),
        forms=tuple(sorted(forms_of(plain))),
        typed=unspaced_runs(plain)
        | {cut[0]: word for word in plain.split() if len(cut := words_of(word)) == 1},
    )


def limits_in(text: str) -> dict[str, str]:
    """What of a text keeps listings out, each with the text without that.

    That is what it leaves out, as typed (`-bank`); and the quotation marks, as `QUOTES`.
    """
    plain = text.translate(_CURLY)
    found = {}
    for part in _PARTS.finditer(plain):
        minus, _quoted, excluded, _word = part.groups()
        if (minus or excluded) and words_of(part.group()):
            rest = f"{plain[: part.start()]} {plain[part.end() :]}"
            found[part.group()] = " ".join(rest.split())
    if question_of(text).phrases:
        found[QUOTES] = _PARTS.sub(_without_quotes, plain)
    return found


def _without_quotes(part: re.Match[str]) -> str:
    minus, quoted, _excluded, _word = part.groups()
    return part.group() if minus or quoted is None else quoted


def for_quoting(text: str) -> str:
    """A text to be shown between quotation marks: without its own where they hold all of it."""
    whole = _PARTS.fullmatch(text.translate(_CURLY))
    bare = whole.group(2) if whole and not whole.group(1) else None
    return bare or text

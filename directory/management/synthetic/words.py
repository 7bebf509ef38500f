"""Invented words, and texts in which words come as often as in real ones."""

from functools import lru_cache
from random import Random

from directory.management.synthetic.chance import an_early_one, zipf_rank
from directory.management.synthetic.languages import Language

# A language's rare words. Texts of a million listings then hold some 300,000 different words.
RARE_WORDS = 40_000
NAME_WORDS = 120_000
SHARE_OF_RARE_WORDS = 0.35
SENTENCE_MAX = 300  # What the field holds.


def name_of(language: Language, town: str, chance: Random) -> str:
    """A name such as "Velora Bakery Cooperative (example)", in the order of the language."""
    form, trade = an_early_one(language.forms, chance), an_early_one(language.trades, chance)
    own = invented(language, zipf_rank(NAME_WORDS, chance)).capitalize()
    parts = [form, trade, own] if language.form_comes_first else [own, trade, form]
    drawn = chance.random()
    if drawn < 0.25:
        parts.remove(trade)
    elif drawn < 0.40:
        parts.append(invented(language, zipf_rank(NAME_WORDS, chance)).capitalize())
    if chance.random() < 0.3:
        parts.append(town)
    return f"{language.joiner.join(parts)[:160].strip()} ({language.example})"


def sentence_of(language: Language, count: int, chance: Random) -> str:
    """So many words, and that they are an example."""
    words = [_word(language, chance) for _number in range(count)]
    text = f"{language.example.capitalize()}: {language.joiner.join(words)}"
    return text[: SENTENCE_MAX - 1].rstrip() + "."


def invented(language: Language, rank: int) -> str:
    """The invented word of a rank: the frequent ones are short, as in real languages."""
    return _spelt(language, rank + len(language.syllables))


def _word(language: Language, chance: Random) -> str:
    if chance.random() < SHARE_OF_RARE_WORDS:
        return invented(language, zipf_rank(RARE_WORDS, chance))
    return an_early_one(language.words, chance)


@lru_cache(maxsize=200_000)  # Zipf: a few thousand words are most of all text.
def _spelt(language: Language, number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, len(language.syllables))
        found += language.syllables[rest]
    return found

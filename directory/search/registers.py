"""Numbers of a register with its name beside them: `NCUA 16411`, `EIN 27-2635994`."""

from directory.models.identifier_schemes import IDENTIFIER_SCHEMES
from directory.search.entries import key_of
from directory.search.words import has_digit, is_stop_word, words_of

# Code of each register → the words it is called by.
NAMES = {
    code: {*words_of(code), *words_of(register.name)}
    for code, register in IDENTIFIER_SCHEMES.items()
}
WORDS = set().union(*NAMES.values())


def numbered_keys(text: str) -> list[str]:
    """Keys (entries.keys_of) of the one number in a text, in each register that is named beside it.

    None where other words are there: a number in the midst of a question may be anything.
    """
    numbers = [token for token in text.split() if has_digit(token)]
    if len(numbers) != 1:
        return []
    others = words_of(text.replace(numbers[0], " "))
    named = WORDS & {*others}
    if not all(word in named or is_stop_word(word) for word in others):
        return []
    return [key_of(code + numbers[0]) for code, names in NAMES.items() if named & names]

"""Stems of a word in every language whose alphabet it is written in."""

from functools import cache, lru_cache
from operator import eq

import Stemmer

LATIN = (
    "english spanish portuguese french german italian dutch catalan danish norwegian swedish "
    "finnish romanian hungarian"
).split()
SPOKEN = ("english", "spanish", "portuguese", "french")  # Languages of the vocabulary's labels.
SHORTEST = 3  # Letters of a word that has a stem.
LENGTH_RATIO = 0.6  # Of a stem class; without it `cooper` would stand for `cooperative`.
# What two words of a class must share, of the longer one: their stem, or how they begin. Languages
# in which few listings are written must not make relatives of words in the others.
SHARED, SHARED_IF_AS_LONG, SHARED_ELSEWHERE = 0.68, 0.7, 0.8


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)  # No cache: an index stems every word once.


def stems_of(word: str) -> set[str]:
    """The stems of a folded word; the word alone where its script has no stemmer."""
    if len(word) < SHORTEST or word.isdigit():
        return {word}
    if word.isascii():
        return {_stemmer(language).stemWord(word) for language in LATIN}
    if "\u0370" <= word[0] <= "\u03ff":
        return {_stemmer("greek").stemWord(word)}
    if "\u0400" <= word[0] <= "\u04ff":
        return {_stemmer("russian").stemWord(word)}
    return {word}


@lru_cache(maxsize=32_768)
def spoken_stems(word: str) -> tuple[str, ...]:
    """The stem of a folded word in each of the SPOKEN languages; alike where it is not Latin."""
    if word.isascii():
        return tuple(_stemmer(language).stemWord(word) for language in SPOKEN)
    return (min(stems_of(word)),) * len(SPOKEN)


def have_spoken_stem(word: str, other: str) -> bool:
    """Whether both have one stem in one of the SPOKEN languages."""
    return any(map(eq, spoken_stems(word), spoken_stems(other)))


def are_alike(word: str, other: str) -> bool:
    """Whether two words can stand for each other: one stem in one language, and much in common.

    A stem of half a word says little: Catalan cuts España and Espoir to esp, green and great
    to gre.
    """
    shortest, longest = sorted((len(word), len(other)))
    if shortest < max(SHORTEST, LENGTH_RATIO * longest):
        return False
    if not (word.isascii() and other.isascii()):
        return bool(stems_of(word) & stems_of(other))
    least = SHARED_IF_AS_LONG if len(word) == len(other) else SHARED
    beginning = _shared_beginning(word, other)
    return any(
        (stem := _stemmer(language).stemWord(word)) == _stemmer(language).stemWord(other)
        and max(len(stem), beginning)
        >= (least if language in SPOKEN else SHARED_ELSEWHERE) * longest
        for language in LATIN
    )


def _shared_beginning(word: str, other: str) -> int:
    pairs = enumerate(zip(word, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(word), len(other)))

"""Words of a text as they are compared: folded, cut, joined (RANKING.md 1.1).

`fold` takes away case and accents; `words_of` cuts into words; `forms_of` gives the further forms
under which a text can be found: hyphenated and dotted words in one, other alphabets in Latin.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from directory.search.scripts import LETTERS, SIGNS, in_latin

# Letters that have no accent to take off, but that people type without.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
ACCENTS = dict.fromkeys(range(0x300, 0x370))

SHORT = 200  # Letters of a text whose words are kept in memory for the next time.

# Scripts written without spaces: CJK, kana, Hangul, Thai, Lao, Khmer, Burmese.
UNSPACED = (
    "\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
    "\u1100-\u11ff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f\U00020000-\U0003ffff"
)
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_APOSTROPHES = re.compile(r"['’ʼ`´׳]s\b|(?<=\w)[״\"׳](?=\w)")
_CO_OP = re.compile(r"\bco(?:[-‐‑–]| (?=op))\s*(?=op)|\bco(?=\s*[-‐‑–]\s*op)")
_HYPHEN = re.compile("[-‐‑–]")
_DOTTED = re.compile(r"(?:\b\w{1,3}\.){2,}(?:\w{1,3}\b)?")


class _WordsOnly(dict[int, int]):
    """Letters, digits and marks as they are, all else as a blank: told once for each letter."""

    def __missing__(self, letter: int) -> int:
        is_of_word = unicodedata.category(chr(letter))[0] in "LNM"
        self[letter] = letter if is_of_word else ord(" ")
        return self[letter]


_WORDS_ONLY = _WordsOnly()

# Words that a listing need not have: articles and prepositions of the languages asked in most.
_STOP = """
    a an and are at by for from in into is it near of on or our that the their there this to we
    where which with
    al con de del e el en es la las lo los o para por que se sin su sus un una unas unos y
    ao aos as da das do dos em na nas no nos os ou pela pelo um uma
    au aux avec ce ces chez d dans des du et l le les ou par pour qui sur une
    am an auf bei das dem den der die ein eine fur im in mit und von zu zum zur
    che con di gli il nel per het een van voor
    και η ο οι στο στη στην στον στα στις τα τη την της το τον του των τουσ με για
    в во для и на о от по с у из к
"""
STOP_WORDS = frozenset(_STOP.split())


def fold(text: str) -> str:
    """The text without case, accents and other marks that people leave out when they type."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold()).translate(ACCENTS)
    text = text.translate(SIGNS).casefold()
    return unicodedata.normalize("NFC", text).translate(PLAIN).translate(LETTERS)


def fold_name(text: str) -> str:
    """A folded name with single blanks and nothing but words, to look a place up by."""
    return " ".join(_cut(_without_apostrophes(fold(text))))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in order; runs of unspaced scripts as overlapping pairs."""
    return list(_analysed(text)[0])


def forms_of(text: str) -> set[str]:
    """Further words by which the text can be found, besides `words_of`."""
    return set(_analysed(text)[1])


def _analysed(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Words and further forms; short texts come again and again (terms, towns, names)."""
    return _analyse_short(text) if len(text) <= SHORT else _analyse(text)


@lru_cache(maxsize=16_384)
def _analyse_short(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    return _analyse(text)


def _analyse(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    folded = _joined(fold(text))
    cut = _cut(folded)
    words = tuple(cut)
    if not folded.isascii() and _UNSPACED_RUN.search(folded):
        words = tuple(piece for word in cut for piece in _pieces(word))
    return words, frozenset(_forms(folded, cut) - {*words} - {""})


def _forms(folded: str, cut: list[str]) -> set[str]:
    forms: set[str] = set()
    if _HYPHEN.search(folded):
        for chunk in folded.split():
            parts = [part for part in _HYPHEN.split(chunk) if part]
            if len(parts) > 1:
                forms.update(_cut("".join(parts)))
    if "." in folded:
        for dotted in _DOTTED.findall(folded):
            letters = "".join(_cut(dotted))
            if len(letters) > 1:
                forms.add(letters)
    if not folded.isascii():
        forms.update(in_latin(word) for word in cut if not word.isascii())
    return forms


def all_words(texts: tuple[str, ...]) -> set[str]:
    """Words and further forms of several texts together."""
    found: set[str] = set()
    for text in texts:
        words, forms = _analysed(text)
        found.update(words)
        found.update(forms)
    return found


def unspaced_runs(text: str) -> dict[str, str]:
    """The pairs of letters that stand for runs of unspaced scripts, each with its run as typed."""
    if text.isascii():
        return {}
    runs = _UNSPACED_RUN.findall(unicodedata.normalize("NFKC", text))
    return {pair: run for run in runs for pair in words_of(run)}


def is_unspaced_letter(word: str) -> bool:
    """Whether the word is a single letter of such a script: 米, 茶, 빵."""
    return len(word) == 1 and bool(_UNSPACED_RUN.match(word))


def has_digit(word: str) -> bool:
    """Whether the word is a number, or has one in it: `90210`, `1aa`."""
    return any(letter.isdigit() for letter in word)


def is_stop_word(word: str) -> bool:
    """Whether the word says nothing of its own."""
    return word in STOP_WORDS


def lost_a_letter(typed: str) -> bool:
    """Whether folding made another letter of one: ñ is no accented n."""
    return "ñ" in unicodedata.normalize("NFC", typed.casefold())


def _without_apostrophes(folded: str) -> str:
    return _APOSTROPHES.sub(lambda found: "s" if found[0].endswith("s") else "", folded)


def _joined(folded: str) -> str:
    """`baker's` is one word, and so are `co-op`, `co op` and `co-operative`."""
    folded = _without_apostrophes(folded)
    if "co" not in folded:
        return folded
    return _CO_OP.sub("co", folded)


def _cut(text: str) -> list[str]:
    """Runs of letters, digits and marks: categories L, N and M."""
    if text.isascii():
        return re.findall(r"[a-z0-9]+", text)
    return text.translate(_WORDS_ONLY).split()


def _pieces(word: str) -> list[str]:
    """`東京coop` → 東京, coop; a longer run of such a script as overlapping pairs of letters."""
    if not _UNSPACED_RUN.search(word):
        return [word]
    found: list[str] = []
    end = 0
    for run in _UNSPACED_RUN.finditer(word):
        if run.start() > end:
            found.append(word[end : run.start()])
        letters = run[0]
        pairs = [first + second for first, second in pairwise(letters)]
        found.extend(pairs or [letters])
        end = run.end()
    if end < len(word):
        found.append(word[end:])
    return found

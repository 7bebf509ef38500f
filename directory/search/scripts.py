"""Letters of Greek, Cyrillic, Arabic and Hebrew: folded within the script, and put into Latin."""

# Vowel points and other signs that are written seldom and typed never.
SIGNS = dict.fromkeys(
    [
        *range(0x0591, 0x05C8),  # Hebrew points
        *range(0x0610, 0x061B),  # Arabic marks, tatweel, vowels, superscript alef, Quranic signs
        0x0640,
        *range(0x064B, 0x0660),
        0x0670,
        *range(0x06D6, 0x06DD),
        *(0x00AD, 0x200B, 0x200C, 0x200D, 0xFEFF),  # soft hyphen and what has no width
    ]
)

# Letters that are typed one for another: final forms, alef and yeh, Persian kaf.
LETTERS = str.maketrans(
    "أإآٱىیکةؤئךםןףץёўґ",
    "ااااييكهويכמנפצеуг",
)

_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i", "ї": "i",
    "є": "ie", "ґ": "g", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip
_LATIN = str.maketrans(_GREEK | _CYRILLIC)
_GREEK_PAIRS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"))


def in_latin(word: str) -> str:
    """A folded Greek or Cyrillic word in Latin letters; "" for any other."""
    if not any("\u0370" <= letter <= "\u052f" for letter in word):
        return ""
    for pair, latin in _GREEK_PAIRS:
        word = word.replace(pair, latin)
    latin = word.translate(_LATIN)
    return latin if latin.isascii() else ""

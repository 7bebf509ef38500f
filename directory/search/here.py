""" "Near me", in the languages of the site: where a visitor is, no search can know.

The words are no place and nothing to look for; whoever writes them is asked where they are.
"""

from directory.search.words import fold_name

QUOTATION_MARKS = frozenset('"“”„«»')
# Folded, as people write them when they mean the place where they stand. What enterprises are
# called, as Close to Home, is not among them.
NEAR_ME = frozenset(
    phrase.strip()
    for phrase in (
        "near me, close to me, around me, next to me, nearest to me, closest to me, near by me, "
        "near here, around here, near my home, "
        "cerca de mi, cerca mio, cerca mia, alrededor de mi, a mi alrededor, cerca de aqui, "
        "cerca de mi casa, cerca de donde estoy, cerca de mi ubicacion, "
        "perto de mim, ao redor de mim, a minha volta, perto daqui, "
        "perto da minha casa, perto de onde estou, "
        "pres de moi, pres de chez moi, proche de moi, proche de chez moi, autour de moi, "
        "autour de chez moi, pres d ici, a proximite de moi, pres de ma maison"
    ).split(",")
)
WORDS_MAX = max(len(phrase.split()) for phrase in NEAR_ME)


def asks_here(text: str) -> bool:
    """Whether a text says nothing but "near me"."""
    return fold_name(text) in NEAR_ME


def without_here(text: str) -> tuple[str, bool]:
    """A text without "near me", and whether it was there; nothing in quotes is looked at."""
    if QUOTATION_MARKS.isdisjoint(text):
        tokens = text.split()
        folded = [fold_name(token) for token in tokens]
        for size in range(min(WORDS_MAX, len(tokens)), 0, -1):  # "cerca de mi casa" as a whole.
            for start in range(len(tokens) - size + 1):
                if " ".join(folded[start : start + size]) in NEAR_ME:
                    rest = [*tokens[:start], *tokens[start + size :]]
                    return " ".join(rest).strip(" ,;"), True
    return text, False

"""Words of the directory that a mistyped word may have been meant for (RANKING.md 1.3)."""

from directory.search.words import fold_name
from tests.search.reference.world import World, ancestors, names_of_place


def similar_words(world: World, word: str) -> dict[str, int]:
    """ "Allowed edits k: 0 under 3 letters and with a digit, 1 under 8, else 2. Candidates: |length
    difference| <= k and shared trigrams >= max(1, |trigrams| - 4k); then Damerau-Levenshtein
    (adjacent swaps cost 1)"; of the fewest edits, first those that begin alike, four (ADR 27).
    """
    has_digit = any(letter.isdigit() for letter in word)
    allowed = 0 if len(word) < 3 or has_digit else 1 if len(word) < 8 else 2
    found = {}
    for other in world.counts:
        if other == word or any(letter.isdigit() for letter in other):
            continue
        difference = abs(len(other) - len(word))
        shared = len(trigrams(word) & trigrams(other))
        if difference <= allowed and shared >= max(1, len(trigrams(word)) - 4 * allowed):
            edits = edits_between(word, other)
            is_wild = edits > 1 and (other[0] != word[0] or (difference > 1 and len(word) < 10))
            if edits <= allowed and not is_wild and is_own_word(world, other):
                found[other] = (edits, other[0] != word[0])
    nearest = min(found.values(), default=None)
    meant = [other for other in found if found[other] == nearest]
    meant.sort(key=lambda other: (-world.counts[other], other))
    return {other: found[other][0] for other in meant[:4]}


def is_own_word(world: World, word: str) -> bool:
    """Written in a listing, a name of a term that one carries, or a place's first name."""
    kinds = ("name", "other_name", "text", "term")
    if any(word in entry.words[kind] for entry in world.entries for kind in kinds):
        return True
    return any(
        word in fold_name(names_of_place(world, above)[0]).split()
        for entry in world.entries
        for path in [*entry.located, *(area.path for area in entry.areas)]
        for above in ancestors(path)
        if names_of_place(world, above)
    )


def trigrams(word: str) -> set[str]:
    """Each letter with its neighbours; the edges of the word count as letters."""
    edged = f"^{word}$"
    return {edged[place - 1 : place + 2] for place in range(1, len(word) + 1)}


def edits_between(one: str, other: str) -> int:
    """Letters left out, put in, replaced, or swapped with their neighbour."""
    rows = [[0] * (len(other) + 1) for _letter in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if i == 0 or j == 0:
                rows[i][j] = i + j
                continue
            ways = [rows[i - 1][j] + 1, rows[i][j - 1] + 1]
            ways.append(rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                ways.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(ways)
    return rows[-1][-1]

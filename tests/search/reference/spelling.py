"""Words of the directory that a mistyped word may have been meant for (RANKING.md 1.3)."""

import math

from tests.search.reference.world import World


def similar_words(world: World, word: str) -> dict[str, int]:
    """ "Allowed edits k = 0 under 3 letters, 1 under 5, else 2. Candidates: |length difference| <= k
    and shared trigrams >= max(1, |trigrams| - 4k); then Damerau-Levenshtein (adjacent swaps
    cost 1); key = d - 0.12 ln(1+df) - 0.3 [same first letter]; keep 8."
    """
    allowed = 0 if len(word) < 3 else 1 if len(word) < 5 else 2
    found = {}
    for other in world.counts:
        shared = len(trigrams(word) & trigrams(other))
        if other == word or abs(len(other) - len(word)) > allowed:
            continue
        if shared >= max(1, len(trigrams(word)) - 4 * allowed):
            edits = edits_between(word, other)
            if edits <= allowed:
                found[other] = edits

    def unlikeliness(other: str) -> tuple[float, str]:
        same_start = 0.3 if other[0] == word[0] else 0.0
        return found[other] - 0.12 * math.log(1 + world.counts[other]) - same_start, other

    return {other: found[other] for other in sorted(found, key=unlikeliness)[:8]}


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

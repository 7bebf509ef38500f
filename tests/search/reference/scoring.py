"""How well a listing fits the words of a query (RANKING.md 1.5), every hit scored."""

from itertools import pairwise

from tests.search.reference.matching import Matched
from tests.search.reference.naming import named_terms
from tests.search.reference.ways import Way, Word
from tests.search.reference.ways import meant as meant_as
from tests.search.reference.world import Entry, World

WEIGHTS = {"name": 3.0, "other_name": 1.0, "place": 1.6, "text": 0.6, "term": 1.0}


def score(world: World, answer: Matched, entry: Entry) -> float:
    """ "base + qn^2 (0.25 adjacent + 0.1 dice) + 0.6 [name = query] + 0.15 [name starts with query]
    + 0.3 sum over whole labels in the query that the document's types carry"; and what is found by
    its number comes first."""
    keyed = 2.0 if entry.pk in answer.keyed else 0.0
    total = sum(word.weight for word in answer.words)
    if not total:
        return keyed
    base = 0.0
    for word in answer.words:
        best = max((_strength(world, way, entry) for way in word.ways), default=0.0)
        base += word.weight / total * best
    return base + _labels(world, answer, entry, total) + keyed + _likeness(answer, entry, total)


def _strength(world: World, way: Way, entry: Entry) -> float:
    """ "S = sum over fields of W_f (name: / (0.8 + 0.2 len/avg)); trust * S/(S+1.2)"."""
    strength = 0.0
    for name, weight in WEIGHTS.items():
        if name in way.stands.get(entry.pk, ()):
            norm = 0.8 + 0.2 * (entry.name_length / world.average_name_length)
            norm = norm if name == "name" else 1.0
            strength += weight / norm
    return way.trust * strength / (strength + 1.2)


def _labels(world: World, answer: Matched, entry: Entry, total: float) -> float:
    """ "idf share of that label's words": each stretch of the query once, of a label the longest;
    all labels together as much as the whole query is at most. "A name within a longer one does not
    count"; a type counts whole, another term 0.8; a word that was corrected as far as it is trusted
    (ADR 10)."""
    meant = [meant_as(word) for word in answer.words]
    counted: dict[tuple[int, int], float] = {}
    for key, (a, b) in named_terms(world, [word for word, _trust in meant]).items():
        if key in entry.terms:
            worth = 1.0 if key[0] == "type" else 0.8
            counted[a, b] = max(worth, counted.get((a, b), 0.0))
    bonus = 0.0
    for (a, b), worth in counted.items():
        pairs = zip(answer.words[a:b], meant[a:b], strict=True)
        share = sum(word.weight * trust for word, (_text, trust) in pairs) / total
        bonus += 0.3 * share * worth
    return min(0.3, bonus)


def _likeness(answer: Matched, entry: Entry, total: float) -> float:
    """What the likeness of name and query adds.

    "qn = idf share of the query standing in the name (x trust); adjacent = consecutive query words
    consecutive in the name / (n-1); dice = trigrams of name and query, both without spaces".
    """
    name = entry.name_words
    written, asked = "".join(name), "".join(word.text for word in answer.words)
    standing = [_places_in(name, word) for word in answer.words]
    share = sum(
        word.weight / total * trust
        for word, (trust, _places) in zip(answer.words, standing, strict=True)
    )
    if written == asked:
        share = 1.0
    pairs = list(pairwise(standing))
    together = [
        any(after - before == 1 for before in first[1] for after in second[1])
        for first, second in pairs
    ]
    adjacent = sum(together) / len(pairs) if pairs else 0.0
    added = share**2 * (0.25 * adjacent + 0.1 * _dice(asked, written))
    if written == asked:
        return added + 0.6
    return added + (0.15 if written.startswith(asked) else 0.0)


def _places_in(name: list[str], word: Word) -> tuple[float, list[int]]:
    """The best trust of what stands for the word in the name, and where it stands."""
    trusts: dict[str, float] = {}
    for way in word.ways:
        for text in () if way.takes_all else way.words:
            trusts[text] = max(way.trust, trusts.get(text, 0.0))
    places = [place for place, text in enumerate(name) if text in trusts]
    return max((trusts[name[place]] for place in places), default=0.0), places


def _dice(one: str, other: str) -> float:
    first, second = _trigrams(one), _trigrams(other)
    return 2.0 * len(first & second) / (len(first) + len(second))


def _trigrams(letters: str) -> set[str]:
    padded = f"  {letters} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}

"""Labels and synonyms of terms, as words that find listings and as phrases in a query."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.models import CLAIMABLE_SCHEMES, Term, Vocabulary
from directory.search.stems import are_alike, spoken_stems
from directory.search.words import all_words, is_stop_word, words_of

Key = tuple[str, str]  # (scheme, code)
Words = tuple[str, ...]
LONGEST = 6  # Words of a label that is looked for in a query.
JOINED_MIN = 7  # Letters of a label that is recognized without its blanks.


@dataclass
class Phrases:
    """What the vocabulary contributes to search; made anew only when the vocabulary changed."""

    vocabulary: Vocabulary
    words: dict[Key, frozenset[str]] = field(default_factory=dict)  # of its own labels
    labels: dict[Words, list[Key]] = field(default_factory=dict)  # whole labels
    # Stems of a label's telling words in one language → the words themselves, and the term.
    stemmed: dict[Words, list[tuple[Words, Key]]] = field(default_factory=dict)
    joined: dict[str, list[Key]] = field(default_factory=dict)  # labels without their blanks
    phrases_of: dict[Key, list[Words]] = field(default_factory=dict)
    # All names of a term as written, each with its words.
    names: dict[Key, list[tuple[str, Words]]] = field(default_factory=dict)
    _with_ancestors: dict[Key, list[Key]] = field(default_factory=dict)

    def term_words(self, key: Key) -> set[str]:
        """Words of a term and of the broader terms above it."""
        above = [(term.scheme, term.code) for term in self.vocabulary.ancestors(*key)]
        return {word for one in [key, *above] for word in self.words.get(one, ())}

    def with_ancestors(self, key: Key) -> list[Key]:
        """A term and the broader terms above it; none if the vocabulary has dropped it.

        Shared: never change it.
        """
        if key not in self._with_ancestors:
            above = [(term.scheme, term.code) for term in self.vocabulary.ancestors(*key)]
            self._with_ancestors[key] = [key, *above] if key in self.vocabulary.terms else []
        return self._with_ancestors[key]

    def named_by(self, word: str) -> list[Key]:
        """Terms that have this one word as a label or synonym, or a label written without blanks;
        or else those that have its plural or singular."""
        exact = [*self.labels.get((word,), ()), *self.joined.get(word, ())]
        return list(dict.fromkeys(exact or self._alike((word,))))

    def synonyms(self, word: str) -> list[Words]:
        """The other labels and synonyms, in every language, of the terms this word is one of."""
        found = {
            phrase: None
            for key in self.named_by(word)
            for phrase in self.phrases_of[key]
            if phrase != (word,)
        }
        return [*found]

    def labels_within(self, words: list[str]) -> dict[Key, tuple[int, int]]:
        """Terms of which a whole label stands in the words: key → (from, to), the longest.

        Endings and stop words may differ: `coopératives paysannes`, `banco del tiempo`.
        """
        found: dict[Key, tuple[int, int]] = {}
        telling = [place for place, word in enumerate(words) if not is_stop_word(word)]
        for first in range(len(telling)):
            for last in range(first, min(len(telling), first + LONGEST)):
                start, end = telling[first], telling[last] + 1
                for key in self.called(words[start:end]):
                    before = found.get(key)
                    if before is None or end - start > before[1] - before[0]:
                        found[key] = (start, end)
        return found

    def called(self, words: Sequence[str]) -> list[Key]:
        """Terms of which these words are a label or synonym, endings and stop words aside."""
        telling = tuple(word for word in words if not is_stop_word(word))
        found = [*self.labels.get(tuple(words), ()), *self._alike(telling)]
        return found + self.joined.get(words[0], []) if len(words) == 1 else found

    def written(self, key: Key, words: Sequence[str]) -> str:
        """The label or synonym of a term that these words are, as it is written; "" if none is."""
        telling = [word for word in words if not is_stop_word(word)]
        for name, cut in sorted(self.names[key], key=lambda pair: pair[1] != tuple(words)):
            if are_same([word for word in cut if not is_stop_word(word)], telling):
                return name
        joined = [name for name, cut in self.names[key] if "".join(cut) == "".join(words)]
        return joined[0] if joined else ""

    def _alike(self, words: Words) -> list[Key]:
        """Terms with a label of the same stems in one language, word by word."""
        return [
            key
            for stems in zip(*map(spoken_stems, words), strict=True)
            for label, key in self.stemmed.get(stems, ())
            if are_same(words, label)
        ]


def are_same(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words are the same one by one, endings aside."""
    return len(words) == len(others) and all(
        word == other or are_alike(word, other) for word, other in zip(words, others, strict=True)
    )


def phrases_of(vocabulary: Vocabulary) -> Phrases:
    """The phrases of all claimable terms."""
    found = Phrases(vocabulary)
    for (scheme, code), term in vocabulary.terms.items():
        if scheme in CLAIMABLE_SCHEMES:
            _enter(found, (str(scheme), code), names_of(term))
    return found


def names_of(term: Term) -> tuple[str, ...]:
    """All labels and synonyms of a term, in every language."""
    synonyms = [name for names in term.synonyms.values() for name in names]
    return (*term.labels.values(), *synonyms)


def _enter(found: Phrases, key: Key, names: tuple[str, ...]) -> None:
    found.words[key] = frozenset(all_words(names))
    found.names[key] = [(name, tuple(words_of(name))) for name in dict.fromkeys(names)]
    phrases = found.phrases_of.setdefault(key, [])
    for _name, phrase in found.names[key]:
        if phrase and phrase not in phrases and not all(map(is_stop_word, phrase)):
            phrases.append(phrase)
            found.labels.setdefault(phrase, []).append(key)
            _enter_forms(found, key, phrase)


def _enter_forms(found: Phrases, key: Key, phrase: Words) -> None:
    """Enter a label under its stems, and without its blanks."""
    telling = tuple(word for word in phrase if not is_stop_word(word))
    for stems in set(zip(*map(spoken_stems, telling), strict=True)):
        found.stemmed.setdefault(stems, []).append((telling, key))
    joined = "".join(phrase)
    if len(phrase) > 1 and len(joined) >= JOINED_MIN:
        found.joined.setdefault(joined, []).append(key)

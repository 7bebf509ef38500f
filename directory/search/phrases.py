"""Labels and synonyms of terms, as words that find listings and as phrases in a query."""

from dataclasses import dataclass, field

from directory.models import CLAIMABLE_SCHEMES, Term, Vocabulary
from directory.search.words import all_words, is_stop_word, words_of

Key = tuple[str, str]  # (scheme, code)


@dataclass
class Phrases:
    """What the vocabulary contributes to search; made anew only when the vocabulary changed."""

    vocabulary: Vocabulary
    words: dict[Key, frozenset[str]] = field(default_factory=dict)  # of its own labels
    labels: dict[tuple[str, ...], list[Key]] = field(default_factory=dict)  # whole labels
    phrases_of: dict[Key, list[tuple[str, ...]]] = field(default_factory=dict)
    # All names of a term as written, each with its words.
    names: dict[Key, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)

    def term_words(self, key: Key) -> set[str]:
        """Words of a term and of the broader terms above it."""
        above = [(term.scheme, term.code) for term in self.vocabulary.ancestors(*key)]
        return {word for one in [key, *above] for word in self.words.get(one, ())}

    def with_ancestors(self, key: Key) -> list[Key]:
        """A term and the broader terms above it; none if the vocabulary has dropped it."""
        if key not in self.vocabulary.terms:
            return []
        return [key, *((term.scheme, term.code) for term in self.vocabulary.ancestors(*key))]

    def named_by(self, word: str) -> list[Key]:
        """Terms that have exactly this one word as a label or synonym."""
        return self.labels.get((word,), [])

    def synonyms(self, word: str) -> list[tuple[str, ...]]:
        """The other labels and synonyms, in every language, of the terms this word is one of."""
        found = {
            phrase: None
            for key in self.named_by(word)
            for phrase in self.phrases_of[key]
            if phrase != (word,)
        }
        return [*found]

    def labels_within(self, words: list[str]) -> dict[Key, tuple[int, int]]:
        """Terms of which a whole label stands in the words: key → (from, to), the longest."""
        found: dict[Key, tuple[int, int]] = {}
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + 6) + 1):
                for key in self.labels.get(tuple(words[start:end]), ()):
                    before = found.get(key)
                    if before is None or end - start > before[1] - before[0]:
                        found[key] = (start, end)
        return found


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

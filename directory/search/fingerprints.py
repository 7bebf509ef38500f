"""A short text that stands for the vocabulary: another one is another vocabulary."""

import json
from hashlib import blake2b

from directory.models import Vocabulary


def fingerprint_of(vocabulary: Vocabulary) -> str:
    """Changes with whatever of a term an index depends on: its place, its use, its names."""
    rows = [
        [*key, vocabulary.parents.get(key), term.is_active, term.labels, term.synonyms]
        for key, term in sorted(vocabulary.terms.items())
    ]
    return blake2b(json.dumps(rows, sort_keys=True).encode(), digest_size=16).hexdigest()

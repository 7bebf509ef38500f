"""What a minus leaves out: `housing -bank`, `-"credit union"`."""

from collections.abc import Iterable

from pyroaring import BitMap

from directory.search.entries import OWN_FIELDS
from directory.search.index import Index
from directory.search.phrases import Key
from directory.search.quotations import in_places_called

# Of the listings that carry a term which is asked for: what all of them are called besides, but one
# in a hundred, is not what is to be left out. `credit union -bank`: banking is what they all do.
ALL = 0.99


def left_out(index: Index, words: tuple[str, ...], within: BitMap, asked: Iterable[Key]) -> BitMap:
    """Listings that hold the word itself, or are called so.

    Words of their terms do not count, or `-federal` would leave out every credit union; a whole
    label does: `-bank` leaves out the banks. `asked`: terms that the wanted words name. Of several
    words `quoted` tells whether they stand next to each other.
    """
    if len(words) > 1:
        found = within & in_places_called(index, words)
    else:
        own = (index.postings.get(name, words[0]) for name in OWN_FIELDS)
        found = within & BitMap.union(*own)
    for key in index.phrases.called(words):
        if not any(_goes_with(index, key, other) for other in asked):
            found |= within & index.postings.get(*key)
    return found


def _goes_with(index: Index, key: Key, other: Key) -> bool:
    """Whether all who carry another term carry this one as well."""
    carrying = index.postings.get(*other) & index.live
    both = carrying.intersection_cardinality(index.postings.get(*key))
    return key != other and bool(carrying) and both >= ALL * len(carrying)

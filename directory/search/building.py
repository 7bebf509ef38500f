"""Making an index of all published listings in the memory of this process."""

import datetime

from directory.models import Source
from directory.search.arrays import MemoryArrays
from directory.search.gazetteer import Gazetteer
from directory.search.index import Index
from directory.search.merging import NAMES_READ, merge
from directory.search.parts import PartBuilder
from directory.search.phrases import Phrases
from directory.search.reading import all_listings


def index_in_memory(phrases: Phrases, today: datetime.date) -> Index:
    """An index of the listings as they are now."""
    gazetteer, builder = Gazetteer(), PartBuilder(phrases, today, NAMES_READ)
    for listing in all_listings(gazetteer):
        builder.add(listing)
    sink = MemoryArrays()
    facts = merge([builder.finish()], phrases, gazetteer, sink)
    index = Index(sink.arrays, facts | {"sources": source_names()}, phrases)
    index.gazetteer.rows = gazetteer.rows
    return index


def source_names() -> dict[str, str]:
    """The names of all sources by code."""
    return dict(Source.objects.values_list("code", "name"))

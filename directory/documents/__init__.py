"""The one shape of a listing: its fields, validation, difference. Knows no URL, form or file format."""

from directory.documents.difference import Change, difference
from directory.documents.merging import Choice, choices, merged
from directory.documents.organization import validate
from directory.documents.origins import (
    carried_part,
    fields_given,
    origins_of,
    with_origins_of,
)
from directory.documents.problems import InvalidDocument, Problem
from directory.documents.reading import document_of, public_document
from directory.documents.schema import schema

__all__ = [
    "Change",
    "Choice",
    "InvalidDocument",
    "Problem",
    "carried_part",
    "choices",
    "difference",
    "document_of",
    "fields_given",
    "merged",
    "origins_of",
    "public_document",
    "schema",
    "validate",
    "with_origins_of",
]

"""The one shape of a listing: its fields, validation, difference. Knows no URL, form or file format."""

from directory.documents.difference import Change, difference
from directory.documents.merging import Choice, choices, merged
from directory.documents.organization import schema, validate
from directory.documents.problems import InvalidDocument, Problem
from directory.documents.reading import document_of, public_document

__all__ = [
    "Change",
    "Choice",
    "InvalidDocument",
    "Problem",
    "choices",
    "difference",
    "document_of",
    "merged",
    "public_document",
    "schema",
    "validate",
]

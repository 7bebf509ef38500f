"""Rows made into documents: which column says what, and how its values are to be understood."""

from directory.exchange.mappings.mapping import Filter, InvalidMapping, Mapping, Rule
from directory.exchange.mappings.reader import Reader
from directory.exchange.mappings.shipped import shipped
from directory.exchange.mappings.staged import ProblemKind, RowProblem, StagedRow

__all__ = [
    "Filter",
    "InvalidMapping",
    "Mapping",
    "ProblemKind",
    "Reader",
    "RowProblem",
    "Rule",
    "StagedRow",
    "shipped",
]

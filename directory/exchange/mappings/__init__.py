"""Rows made into documents: which column says what, and how its values are to be understood."""

from directory.exchange.mappings.guessing import guess
from directory.exchange.mappings.mapping import Filter, InvalidMapping, Mapping, Rule
from directory.exchange.mappings.reader import Reader
from directory.exchange.mappings.shipped import shipped
from directory.exchange.mappings.staged import ProblemKind, RowProblem, StagedRow
from directory.exchange.mappings.targets import TARGETS

__all__ = [
    "TARGETS",
    "Filter",
    "InvalidMapping",
    "Mapping",
    "ProblemKind",
    "Reader",
    "RowProblem",
    "Rule",
    "StagedRow",
    "guess",
    "shipped",
]

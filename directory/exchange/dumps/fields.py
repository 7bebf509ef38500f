"""Columns of a table as a Table Schema (Frictionless 2.0) describes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

UID = r"[0-7][0-9A-HJKMNP-TV-Z]{25}"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


@dataclass(frozen=True)
class Field:
    """A column: its name, its type (string, integer, number, boolean, date, datetime, …)."""

    name: str
    type: str = "string"
    description: str = ""
    is_required: bool = False
    pattern: str = ""
    codes: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        """The field descriptor."""
        constraints: dict[str, Any] = {}
        if self.is_required:
            constraints["required"] = True
        if self.pattern:
            constraints["pattern"] = self.pattern
        if self.codes:
            constraints["enum"] = [*self.codes]
        found: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.description:
            found["description"] = self.description
        return found | ({"constraints": constraints} if constraints else {})


@dataclass(frozen=True)
class Table:
    """A table: its columns, what makes a row unique, and the tables its columns lead to.

    `references`: column → (table, column there).
    """

    name: str
    description: str
    fields: Sequence[Field]
    key: Sequence[str] = ()
    references: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [each.name for each in self.fields]

    def schema(self) -> dict[str, Any]:
        """The table schema."""
        found: dict[str, Any] = {
            "$schema": SCHEMA,
            "fields": [each.as_json() for each in self.fields],
            "missingValues": [""],
        }
        if self.key:
            found["primaryKey"] = [*self.key]
        if self.references:
            found["foreignKeys"] = [
                {"fields": [column], "reference": {"resource": table, "fields": [there]}}
                for column, (table, there) in self.references.items()
            ]
        return found


def texts(names: str) -> list[Field]:
    """Columns of plain text, by their names with blanks between."""
    return [Field(name) for name in names.split()]


def organization(description: str = "") -> Field:
    """The column by which a row belongs to a listing."""
    return Field("organization", description=description, is_required=True, pattern=UID)


OF_LISTING = {"organization": ("organizations", "id")}

"""The JSON Schema of a document, from the validator's own declaration."""

from directory.documents.organization import ORGANIZATION


def schema() -> dict:
    """The JSON Schema (2020-12) of a document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "OrganizationDocument",
        "description": "A listing of the directory, as it enters and leaves.",
    } | ORGANIZATION.schema()

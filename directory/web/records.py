"""The sources of a listing, each with the facts that came from there in words."""

from dataclasses import dataclass

from directory.models import Organization, SourceRecord
from directory.web.fields import field_names


@dataclass(frozen=True)
class ShownRecord:
    """What one source knows of the listing; no facts where it is not known which are from there."""

    record: SourceRecord
    facts: list[str]


def records_of(organization: Organization) -> list[ShownRecord]:
    """All of them in order, from loaded rows."""
    names = field_names()
    return [
        ShownRecord(record, [names[name] for name in names if name in record.fields])
        for record in organization.source_records.all()
    ]

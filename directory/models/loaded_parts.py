"""What the parts of a listing tell together, from rows that were loaded before.

A ShortListing answers the same of what a card shows.
"""

from directory.models.location import PublicLocation
from directory.models.service_area import AreaKind


class LoadedParts:
    """For a listing with its claims, locations, areas, source records and checks."""

    @property
    def is_reusable(self) -> bool:
        """Whether every source of it may be passed on with credit; from loaded rows."""
        return all(record.source.is_reusable for record in self.source_records.all())

    @property
    def public_locations(self) -> list[PublicLocation]:
        """What may be told of its locations, hidden ones left out; from loaded rows."""
        return [public for location in self.locations.all() if (public := location.public)]

    @property
    def has_hidden_location(self) -> bool:
        return any(location.public is None for location in self.locations.all())

    @property
    def terms(self) -> list:
        """The terms of its claims, in their order."""
        return [claim.term for claim in self.claims.all()]

    @property
    def works_online(self) -> bool:
        return any(area.kind == AreaKind.ONLINE for area in self.service_areas.all())

    @property
    def readings(self) -> list:
        """Code of each source, and the day on which it was read there, if that is known."""
        return [(record.source.code, record.fetched_on) for record in self.source_records.all()]

    @property
    def checks(self) -> list:
        """The checks that stand."""
        return list(self.verification_events.all())

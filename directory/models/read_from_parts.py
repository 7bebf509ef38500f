"""What a listing says of itself by its parts, which are loaded before."""

from directory.models.service_area import AreaKind


class ReadFromParts:
    """Of `Organization`, from its loaded rows; a `ShortListing` tells some by the same names."""

    @property
    def is_reusable(self) -> bool:
        """Whether every source of it may be passed on with credit."""
        return all(record.source.is_reusable for record in self.source_records.all())

    @property
    def public_email(self) -> str:
        """Its e-mail address, where it was chosen that anyone may read it."""
        return self.email if self.email_is_public else ""

    @property
    def public_phone(self) -> str:
        """Its telephone number, where it was chosen that anyone may read it."""
        return self.phone if self.phone_is_public else ""

    @property
    def public_locations(self) -> list:
        """What may be told of its locations, hidden ones left out."""
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

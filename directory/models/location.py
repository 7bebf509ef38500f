"""Where an organization is, and how exactly the public may know."""

from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How exactly a location is published."""

    EXACT = "exact", _("Exact address")
    STREET = "street", _("Street, without the number")
    POSTCODE = "postcode", _("Postcode area")
    TOWN = "town", _("Town")
    REGION = "region", _("Region")
    HIDDEN = "hidden", _("Not shown at all")


class Wheelchair(models.TextChoices):
    UNKNOWN = "", _("Not known")
    YES = "yes", _("Step-free")
    LIMITED = "limited", _("Partly step-free")
    NO = "no", _("Not step-free")


# Decimals of a published coordinate: about 100 m for a street, 1 km for a postcode area.
DECIMALS = {Precision.EXACT: 6, Precision.STREET: 3, Precision.POSTCODE: 2}
# The same for a town that is too small for the gazetteer: about 10 km.
SMALL_TOWN_DECIMALS = 1


class PublicLocation(NamedTuple):
    """All that anyone outside may learn of a location; every output is made from this."""

    name: str
    street: str
    postcode: str
    locality: str
    region: str
    country: str
    place: "object | None"
    latitude: float | None
    longitude: float | None
    precision: str  # of the address
    point_precision: str  # of the point: a town's, where the address has no point of its own
    opening_hours: str
    wheelchair: str
    accessibility_note: str
    timezone: str

    @property
    def is_approximate(self) -> bool:
        return self.point_precision not in {Precision.EXACT, Precision.STREET}

    @property
    def has_point(self) -> bool:
        return self.latitude is not None

    @property
    def has_own_point(self) -> bool:
        """Whether its point is its own to about a street, not the middle of a town or an area."""
        place = self.place
        point = (self.latitude, self.longitude)
        is_middle = place is not None and point == (place.latitude, place.longitude)
        return self.has_point and not self.is_approximate and not is_middle


class Telling:
    """The one rule of what may be told of a location: for rows, and for parts of documents.

    Reads the columns of Location, and `place` with its kind, point and parents.
    """

    @property
    def public(self) -> PublicLocation | None:
        """What may be told of it at its published precision; None where it is hidden.

        Load rows with `with_place()`.
        """
        if self.precision == Precision.HIDDEN:
            return None
        exact = self.precision == Precision.EXACT
        in_street = exact or self.precision == Precision.STREET
        in_postcode = in_street or self.precision == Precision.POSTCODE
        in_town = self.precision != Precision.REGION
        latitude, longitude = self._public_point()
        return PublicLocation(
            name=self.name if exact else "",
            street=self.street if exact else (_without_number(self.street) if in_street else ""),
            postcode=self.postcode if in_postcode else "",
            locality=self.locality if in_town else "",
            region=self.region,
            country=self.country or (self.place.country_code if self.place else ""),
            place=self.place if in_town else self._region_place(),
            latitude=latitude,
            longitude=longitude,
            precision=self.precision,
            point_precision=self._point_precision(),
            opening_hours=self.opening_hours,
            wheelchair=self.wheelchair,
            accessibility_note=self.accessibility_note if exact else "",
            timezone=self.place.timezone if self.place else "",
        )

    def _public_point(self) -> tuple[float | None, float | None]:
        decimals = self._published_decimals()
        if decimals is not None and self.latitude is not None:
            return round(self.latitude, decimals), round(self.longitude, decimals)
        place = self._region_place() if self.precision == Precision.REGION else self.place
        return (place.latitude, place.longitude) if place else (None, None)

    def _published_decimals(self) -> int | None:
        """Decimals of its own coordinates that may be told; None where a place speaks for it."""
        if self.precision != Precision.TOWN:
            return DECIMALS.get(self.precision)
        is_known_town = self.place is not None and self.place.kind == "town"
        return None if is_known_town else SMALL_TOWN_DECIMALS

    def _point_precision(self) -> str:
        """How exact the published point is, which may be a place's though the address is exact."""
        if self.latitude is not None or self.precision in {Precision.TOWN, Precision.REGION}:
            return self.precision
        is_in_town = self.place is not None and self.place.kind == "town"
        return Precision.TOWN if is_in_town else Precision.REGION

    def _region_place(self) -> Any:
        """The first-level region that holds the place, or the country."""
        place = self.place
        while place is not None and place.kind == "town":
            place = place.parent
        return place


class LocationQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def with_place(self) -> Self:
        return self.select_related("place__parent__parent")


class Location(Telling, models.Model):
    """A place where an organization can be found: an address, a point, hours, a way in."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="locations"
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    locality = models.CharField(_("town"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    place = models.ForeignKey(
        "directory.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("place in the gazetteer"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = models.CharField(
        _("published precision"), max_length=10, choices=Precision, default=Precision.EXACT
    )
    opening_hours = models.CharField(
        _("opening hours"),
        max_length=500,
        blank=True,
        help_text=_("As OpenStreetMap writes them: Mo-Fr 09:00-17:00; Sa 10:00-14:00"),
    )
    wheelchair = models.CharField(
        _("step-free"), max_length=10, choices=Wheelchair, default=Wheelchair.UNKNOWN, blank=True
    )
    accessibility_note = models.CharField(_("note on the way in"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="location_has_both_coordinates_or_none",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_is_on_earth",
                violation_error_message=_("Latitude is -90 to 90, longitude -180 to 180."),
            ),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="location_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                name="location_country_is_a_code",
                violation_error_message=_("Write the country as two capital letters, like UY."),
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False) | ~Q(country="") | Q(latitude__isnull=False),
                name="location_is_somewhere",
                violation_error_message=_("Give a place, a country or a point."),
            ),
        ]

    def __str__(self) -> str:
        return self.locality or self.country or f"{self.latitude}, {self.longitude}"


def _without_number(street: str) -> str:
    """'1200 Example St SE' → 'Example St SE', 'Rua Augusta 12' → 'Rua Augusta'."""
    return " ".join(word for word in street.split() if not any(c.isdigit() for c in word))

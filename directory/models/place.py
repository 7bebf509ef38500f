"""The gazetteer: countries, first-level regions and towns, and all names they go by."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    TOWN = "town", _("Town")


class PlaceQuerySet(models.QuerySet):
    def countries(self) -> Self:
        return self.filter(kind=PlaceKind.COUNTRY)

    def with_parents(self) -> Self:
        """With region and country, so that `full_name` costs nothing."""
        return self.select_related("parent__parent")

    def within(self, place: "Place") -> Self:
        """The place itself and all places below it."""
        return self.filter(Q(pk=place.pk) | Q(path__startswith=f"{place.path}/"))

    def largest_first(self) -> Self:
        return self.order_by("-population", "pk")

    def largest_in(self, west: float, south: float, east: float, north: float) -> Self:
        """Towns in a box of degrees, the largest first; west > east crosses the antimeridian."""
        columns = Q(longitude__range=(west, east))
        if west > east:
            columns = Q(longitude__gte=west) | Q(longitude__lte=east)
        rows = Q(latitude__range=(south, north))
        return self.filter(columns, rows, kind=PlaceKind.TOWN).largest_first()


class Place(models.Model):
    """A country, a first-level region or a town, after GeoNames."""

    path = models.CharField(_("path"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=PlaceKind)
    geonameid = models.PositiveIntegerField(_("GeoNames number"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
    )
    code = models.CharField(_("code"), max_length=8, blank=True)
    country_code = models.CharField(_("country"), max_length=2)
    name = models.CharField(_("name"), max_length=200)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveBigIntegerField(_("people"), default=0)
    timezone = models.CharField(_("time zone"), max_length=40, blank=True)
    # West, south, east, north in degrees; only countries and regions have one.
    bbox = models.JSONField(_("box"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PlaceKind.values), name="place_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(path__regex=r"^[a-z]{2}(/[a-z0-9]+(-[a-z0-9]+)*){0,2}$"),
                name="place_path_is_country_region_town",
                violation_error_message=_("Write the path like us/maryland/takoma-park."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_is_on_earth",
                violation_error_message=_("Latitude is -90 to 90, longitude -180 to 180."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="country") & Q(parent__isnull=True))
                | (~Q(kind="country") & Q(parent__isnull=False)),
                name="place_lies_in_another_unless_a_country",
                violation_error_message=_("Regions and towns lie in another place."),
            ),
        ]
        indexes = [
            # Which place holds this listing: towns of a country by distance, and the browse pages.
            models.Index(fields=["country_code", "kind"], name="place_by_country_and_kind"),
            models.Index(fields=["latitude", "longitude"], name="place_by_point"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.path})"

    def get_absolute_url(self) -> str:
        return reverse("place-detail", args=[self.path])

    @property
    def ancestor_paths(self) -> list[str]:
        """Paths of the place and of all that hold it, widest first: us, us/maryland, …"""
        parts = self.path.split("/")
        return ["/".join(parts[: i + 1]) for i in range(len(parts))]


class PlaceName(models.Model):
    """One of the names a place goes by, folded for looking up."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(_("folded name"), max_length=200)
    # The place's own population, copied so that the largest of a name comes first from the index.
    population = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("name of a place")
        verbose_name_plural = _("names of places")
        constraints = [
            models.UniqueConstraint(fields=["place", "folded"], name="place_has_a_name_once")
        ]
        indexes = [
            models.Index(fields=["folded", "-population"], name="place_name_by_folded"),
            # "Tako…" while typing, on PostgreSQL; SQLite uses the index above.
            models.Index(
                fields=["folded"], opclasses=["varchar_pattern_ops"], name="place_name_by_prefix"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.place_id}"

"""Whom an organization serves, wherever it is itself."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    PLACE = "place", _("A place of the gazetteer")
    RADIUS = "radius", _("A circle around a point")
    COUNTRY = "country", _("A whole country")
    ONLINE = "online", _("Online, anywhere")


# Decimals of a circle's centre that are told, about ten kilometres: it may be a hidden address.
# Search compares with no more, or trying points would find what is not told.
CENTRE_DECIMALS = 1


class ServiceAreaQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def with_place(self) -> Self:
        return self.select_related("place__parent__parent")


def public_centre(
    latitude: float | None, longitude: float | None
) -> tuple[float, float] | tuple[None, None]:
    """A circle's centre rounded to what is told of it; every output and search use this."""
    if latitude is None or longitude is None:
        return None, None
    return round(latitude, CENTRE_DECIMALS), round(longitude, CENTRE_DECIMALS)


def _only(kind: str, **given: bool) -> Q:
    """The condition that an area of this kind fills these columns and no others."""
    columns = {"place": False, "latitude": False, "longitude": False, "radius_km": False} | given
    condition = Q(kind=kind)
    for column, is_given in columns.items():
        condition &= Q(**{f"{column}__isnull": not is_given})
    return condition & (~Q(country="") if kind == "country" else Q(country=""))


class ServiceArea(models.Model):
    """An area that an organization serves: a place, a circle, a country, or online."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="service_areas"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AreaKind)
    place = models.ForeignKey(
        "directory.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_areas",
        verbose_name=_("place"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    radius_km = models.FloatField(
        _("radius in km"),
        null=True,
        blank=True,
        help_text=_(
            "The centre is published, and found by search, only to about ten kilometres. "
            "For a smaller area choose a place."
        ),
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area served")
        verbose_name_plural = _("areas served")
        constraints = [
            models.CheckConstraint(
                condition=_only("place", place=True)
                | _only("radius", latitude=True, longitude=True, radius_km=True)
                | _only("country")
                | _only("online"),
                name="service_area_fits_its_kind",
                violation_error_message=_(
                    "A place needs the place, a circle its point and radius, a country its code; "
                    "leave the rest empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True)
                | Q(
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    radius_km__gt=0,
                    radius_km__lte=1000,
                ),
                name="service_area_circle_is_on_earth",
                violation_error_message=_("The radius is up to 1000 km, the point on Earth."),
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                name="service_area_country_is_a_code",
                violation_error_message=_("Write the country as two capital letters, like UY."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place or self.country}".strip()

    @property
    def public_centre(self) -> tuple[float, float] | tuple[None, None]:
        """The centre of a circle as anyone may learn it: latitude and longitude, or two Nones."""
        return public_centre(self.latitude, self.longitude)

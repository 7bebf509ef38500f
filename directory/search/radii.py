"""The radii that are offered around a place: round in the unit of its roads."""

from django.conf import settings

KILOMETRES_PER_MILE = 1.609344
RADII = (1, 5, 10, 25, 50, 100)  # Offered, in the unit of the place.


def is_in_miles(country_code: str) -> bool:
    """Whether distances there are told in miles; "" is a point in no known country."""
    if country_code:
        return country_code in settings.DISTANCE_UNIT_MILES_COUNTRIES
    return settings.DEFAULT_UNIT == "mi"


def radii_km(country_code: str) -> list[float]:
    """The radii offered there, in kilometres to 100 m, the smallest first."""
    unit = KILOMETRES_PER_MILE if is_in_miles(country_code) else 1.0
    return [round(radius * unit, 1) for radius in RADII]

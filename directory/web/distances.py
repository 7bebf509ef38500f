"""Distances in the unit of the place: miles where roads are signed in miles, else kilometres."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.search.radii import KILOMETRES_PER_MILE, is_in_miles, radii_km

LEAST = 0.1  # In the unit of the place: no distance is told more exactly.


def in_words(kilometres: float, country_code: str) -> str:
    """As people there say it: "0.3 miles", "12 km", "less than 0.1 km"; one decimal below ten."""
    unit = KILOMETRES_PER_MILE if is_in_miles(country_code) else 1.0
    if 0 <= kilometres < LEAST * unit / 2:
        return _("less than %(distance)s") % {"distance": in_words(LEAST * unit, country_code)}
    if not is_in_miles(country_code):
        return _("%(distance)s km") % {"distance": rounded(kilometres)}
    miles = kilometres / KILOMETRES_PER_MILE
    words = rounded(miles)
    count = 1 if words == "1" else 2
    return ngettext("%(distance)s mile", "%(distance)s miles", count) % {"distance": words}


def rounded(distance: float) -> str:
    """One decimal below ten, and none where it would be a zero."""
    value = round(distance, 1 if distance < 9.95 else 0)
    is_whole = value == int(value)
    return number_format(value, decimal_pos=0 if is_whole else 1, use_l10n=True)


def radius_choices(kilometres: float, country_code: str) -> list[tuple[str, str, bool]]:
    """The radii offered: (value in km, words, is chosen), the one in use always among them."""
    offered = {*radii_km(country_code)}
    # A mile more or less is the same choice: 40 km and 25 miles.
    in_use = min(offered, key=lambda radius: abs(radius - kilometres))
    if abs(in_use - kilometres) > 0.02 * kilometres:
        in_use = kilometres
    return [
        (f"{radius:g}", in_words(radius, country_code), radius == in_use)
        for radius in sorted(offered | {in_use})
    ]

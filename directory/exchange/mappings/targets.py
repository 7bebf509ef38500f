"""What a column can say of an enterprise: the targets of a mapping."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Target:
    """A field of the document that columns can fill, by the words editors know it by."""

    label: Promise
    group: str = "text"  # Which part of the document it goes into.
    is_list: bool = False


TARGETS = {
    "ignore": Target(_("Leave out"), "none"),
    "external_id": Target(_("Number in the source"), "source"),
    "source_url": Target(_("Page in the source"), "source"),
    "fetched_on": Target(_("Read on"), "source"),
    "name": Target(_("Name")),
    "legal_name": Target(_("Legal name")),
    "other_names": Target(_("Other names"), "list", is_list=True),
    "language": Target(_("Language of its texts")),
    "summary": Target(_("Summary")),
    "description": Target(_("Description")),
    "lifecycle": Target(_("Life: active, closed, …")),
    "website": Target(_("Website")),
    "links": Target(_("Further links"), "links", is_list=True),
    "email": Target(_("E-mail")),
    "email_is_public": Target(_("E-mail may be shown"), "yes-no"),
    "phone": Target(_("Telephone")),
    "phone_is_public": Target(_("Telephone may be shown"), "yes-no"),
    "founded": Target(_("Founded"), "date"),
    "closed": Target(_("Closed"), "date"),
    "members_count": Target(_("Number of members"), "number"),
    "workers_count": Target(_("Number of workers"), "number"),
    "location_name": Target(_("Name of the place"), "location"),
    "street": Target(_("Street and number"), "location"),
    "postcode": Target(_("Postcode"), "location"),
    "locality": Target(_("Town"), "location"),
    "region": Target(_("Region"), "location"),
    "country": Target(_("Country"), "location"),
    "place": Target(_("Path in the gazetteer"), "location"),
    "address": Target(_("Town, region and country in one"), "location"),
    "latitude": Target(_("Latitude"), "location"),
    "longitude": Target(_("Longitude"), "location"),
    "point": Target(_("Latitude and longitude in one, WKT, GeoJSON"), "location"),
    "precision": Target(_("How exactly the place may be shown"), "location"),
    "opening_hours": Target(_("Opening hours"), "location"),
    "wheelchair": Target(_("Step-free"), "location"),
    "accessibility_note": Target(_("Note on the way in"), "location"),
    "serves": Target(_("Area it serves"), "areas", is_list=True),
    "type": Target(_("Type"), "claims", is_list=True),
    "value": Target(_("Value"), "claims", is_list=True),
    "sector": Target(_("Sector"), "claims", is_list=True),
    "identifier": Target(_("Number in a register"), "identifiers", is_list=True),
    "governance": Target(_("Answer on governance"), "governance"),
}

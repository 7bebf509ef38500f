"""Parts of a listing as JSON: terms, locations, areas served, sources, reasons."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from directory.models import (
    AreaKind,
    Organization,
    Precision,
    PublicLocation,
    ServiceArea,
    SourceRecord,
    Term,
)
from directory.search.names import country_name


class CodeAndLabel(serializers.Serializer):
    """A term: its lasting code, and what it is called in the language asked for."""

    code = serializers.CharField()
    label = serializers.CharField()

    def to_representation(self, term: Term) -> dict[str, str]:
        return {"code": term.code, "label": term.label}


class LocationPart(serializers.Serializer):
    """Where it is, as exactly as may be shown; made from a PublicLocation only."""

    name = serializers.CharField(allow_blank=True)
    street = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField(allow_blank=True)
    locality = serializers.CharField(allow_blank=True)
    region = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    precision = serializers.ChoiceField(
        [value for value in Precision.values if value != Precision.HIDDEN]
    )

    def to_representation(self, location: PublicLocation) -> dict[str, Any]:
        names = names_of(location.place)
        return {
            "name": location.name,
            "street": location.street,
            "postcode": location.postcode,
            "locality": location.locality or names.get("town", ""),
            "region": location.region or names.get("region", ""),
            "country": location.country,
            "place": location.place.path if location.place else "",
            "latitude": location.latitude,
            "longitude": location.longitude,
            "precision": location.point_precision,
        }


class FullLocationPart(LocationPart):
    """The same, with hours and the way in."""

    opening_hours = serializers.CharField(allow_blank=True)
    timezone = serializers.CharField(allow_blank=True)
    wheelchair = serializers.CharField(allow_blank=True)
    accessibility_note = serializers.CharField(allow_blank=True)
    is_approximate = serializers.BooleanField()

    def to_representation(self, location: PublicLocation) -> dict[str, Any]:
        return super().to_representation(location) | {
            "opening_hours": location.opening_hours,
            "timezone": location.timezone,
            "wheelchair": location.wheelchair,
            "accessibility_note": location.accessibility_note,
            "is_approximate": location.is_approximate,
        }


class AreaPart(serializers.Serializer):
    """Whom it serves, wherever it is itself."""

    kind = serializers.ChoiceField(AreaKind.values)
    label = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    radius_km = serializers.FloatField(allow_null=True)

    def to_representation(self, area: ServiceArea) -> dict[str, Any]:
        latitude, longitude = area.public_centre
        return {
            "kind": area.kind,
            "label": label_of(area),
            "place": area.place.path if area.place else "",
            "country": area.country or (area.place.country_code if area.place else ""),
            "latitude": latitude,
            "longitude": longitude,
            "radius_km": area.radius_km,
        }


class SourcePart(serializers.Serializer):
    """Where facts come from, what may be done with them, and whom to credit."""

    code = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    licence = serializers.CharField()
    licence_name = serializers.CharField(allow_blank=True)
    licence_url = serializers.CharField(allow_blank=True)
    attribution = serializers.CharField(allow_blank=True)
    external_id = serializers.CharField(allow_blank=True)
    record_url = serializers.CharField(allow_blank=True)
    fetched_on = serializers.DateField(allow_null=True)
    fields_from_there = serializers.ListField(child=serializers.CharField())

    def to_representation(self, record: SourceRecord) -> dict[str, Any]:
        source = record.source
        return {
            "code": source.code,
            "name": source.name,
            "url": source.url,
            "licence": source.licence,
            "licence_name": source.licence_name,
            "licence_url": source.licence_url,
            "attribution": source.attribution,
            "external_id": record.external_id,
            "record_url": record.url,
            "fetched_on": record.fetched_on,
            "fields_from_there": record.fields,
        }


def names_of(place: Any) -> dict[str, str]:
    """Names by kind of a place and those that hold it, from loaded rows."""
    names = {}
    while place is not None:
        names[place.kind] = place.name
        place = place.parent
    return names


def label_of(area: ServiceArea) -> str:
    """The area served in words."""
    match area.kind:
        case AreaKind.ONLINE:
            return _("Online")
        case AreaKind.COUNTRY:
            return country_name(area.country)
        case AreaKind.RADIUS:
            return _("Within %(radius)g km") % {"radius": area.radius_km}
    return area.place.name


def terms_of(organization: Organization, scheme: str) -> list[Term]:
    """The terms it carries, the first of its scheme first, each once; from loaded rows."""
    terms = {
        claim.term_id: claim.term
        for claim in organization.claims.all()
        if claim.term.scheme == scheme
    }
    return list(terms.values())

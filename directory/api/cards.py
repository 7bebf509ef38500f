"""A listing as it stands in a list of results."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from directory.api.parts import AreaPart, CodeAndLabel, LocationPart, terms_of
from directory.api.reasons import ReasonPart
from directory.models import Lifecycle, Organization, Scheme, VerificationLevel

LEVELS = [level.code for level in VerificationLevel]


class OrganizationCard(serializers.Serializer):
    """One result: enough to show and to place on a map."""

    uid = serializers.CharField(help_text="A ULID; it never changes and answers for ever.")
    slug = serializers.CharField()
    id = serializers.CharField(help_text="The permanent address of the listing.")
    url = serializers.CharField(help_text="The page of the listing.")
    api_url = serializers.CharField()
    name = serializers.CharField()
    language = serializers.CharField(help_text="The language of its text.")
    summary = serializers.CharField(allow_blank=True)
    types = CodeAndLabel(many=True)
    values = CodeAndLabel(many=True)
    sectors = CodeAndLabel(many=True)
    locations = LocationPart(many=True)
    serves = AreaPart(many=True)
    verification = serializers.ChoiceField(LEVELS)
    verification_label = serializers.CharField()
    verified_on = serializers.DateField(allow_null=True)
    last_confirmed_at = serializers.DateTimeField(allow_null=True)
    stale_since = serializers.DateField(
        allow_null=True, help_text="Since when what is known of it wants a new look."
    )
    lifecycle = serializers.ChoiceField(Lifecycle.values)
    lifecycle_label = serializers.CharField()
    source = serializers.CharField(allow_blank=True, help_text="The code of its first source.")
    licence = serializers.CharField(allow_blank=True)
    attribution = serializers.CharField(allow_blank=True, help_text="The credit that is due.")

    def to_representation(self, organization: Organization) -> dict[str, Any]:
        """Reads rows of `cards()`; the context has `here`, which makes addresses absolute."""
        return (
            self.identity(organization)
            | self.tags(organization)
            | self.whereabouts(organization)
            | standing(organization)
            | credit(organization)
        )

    def identity(self, organization: Organization) -> dict[str, Any]:
        here = self.context["here"]
        return {
            "uid": organization.uid,
            "slug": organization.slug,
            "id": here(reverse("permanent-id", args=[organization.uid])),
            "url": here(organization.get_absolute_url()),
            "api_url": here(reverse("api:organization-detail", args=[organization.uid])),
            "name": organization.name,
            "language": organization.language,
            "summary": organization.summary,
        }

    def tags(self, organization: Organization) -> dict[str, Any]:
        return {
            name: [
                {"code": term.code, "label": term.label} for term in terms_of(organization, scheme)
            ]
            for name, scheme in (
                ("types", Scheme.TYPE),
                ("values", Scheme.VALUE),
                ("sectors", Scheme.SECTOR),
            )
        }

    def whereabouts(self, organization: Organization) -> dict[str, Any]:
        return {
            "locations": LocationPart(organization.public_locations, many=True).data,
            "serves": AreaPart(organization.service_areas.all(), many=True).data,
        }


class FoundOrganization(OrganizationCard):
    """One result of a search: with how far it is, and why it was found."""

    where = serializers.ChoiceField(["located", "serves", ""])
    distance_km = serializers.FloatField(
        required=False,
        allow_null=True,
        help_text="To its nearest public point, where a point was asked for; null if unknown.",
    )
    why = ReasonPart(many=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        """All may be missing: `fields` of the call picks some."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


def standing(organization: Organization) -> dict[str, Any]:
    """How well it is known, and whether it lives."""
    level = VerificationLevel(organization.verification)
    return {
        "verification": level.code,
        "verification_label": str(level.label),
        "verified_on": organization.verified_on,
        "last_confirmed_at": organization.last_confirmed_at,
        "stale_since": organization.stale_since,
        "lifecycle": organization.lifecycle,
        "lifecycle_label": str(Lifecycle(organization.lifecycle).label),
    }


def credit(organization: Organization) -> dict[str, str]:
    """Its first source, and the licence and credit line of that."""
    records = list(organization.source_records.all())
    if not records:
        return {"source": "", "licence": "", "attribution": ""}
    source = records[0].source
    return {
        "source": source.code,
        "licence": source.licence_name or str(source.get_licence_display()),
        "attribution": source.attribution,
    }

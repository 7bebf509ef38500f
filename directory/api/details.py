"""Everything public about one listing."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from directory.api.cards import OrganizationCard
from directory.api.parts import FullLocationPart, SourcePart
from directory.models import Assertion, Claim, Identifier, Organization
from directory.models.governance import governance_attributes
from directory.models.identifier_schemes import IDENTIFIER_SCHEMES


class ClaimPart(serializers.Serializer):
    """That it is, lives or does something: who says so, on what ground, until when."""

    scheme = serializers.ChoiceField(["type", "value", "sector"])
    code = serializers.CharField()
    label = serializers.CharField()
    is_primary = serializers.BooleanField()
    statement = serializers.CharField(allow_blank=True)
    asserted_by = serializers.ChoiceField(Assertion.values)
    asserted_by_label = serializers.CharField()
    asserted_by_name = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
    evidence_url = serializers.CharField(allow_blank=True)
    evidence_title = serializers.CharField(allow_blank=True)
    checked_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    has_expired = serializers.BooleanField()

    def to_representation(self, claim: Claim) -> dict[str, Any]:
        return {
            "scheme": claim.term.scheme,
            "code": claim.term.code,
            "label": claim.term.label,
            "is_primary": claim.is_primary,
            "statement": claim.statement,
            "asserted_by": claim.asserted_by,
            "asserted_by_label": claim.get_asserted_by_display(),
            "asserted_by_name": claim.asserted_by_name,
            "source": claim.source.code if claim.source else "",
            "evidence_url": claim.evidence_url,
            "evidence_title": claim.evidence_title,
            "checked_on": claim.checked_on,
            "valid_until": claim.valid_until,
            "has_expired": claim.has_expired(),
        }


class IdentifierPart(serializers.Serializer):
    """A number that a register gave it."""

    scheme = serializers.CharField()
    scheme_name = serializers.CharField(allow_blank=True)
    value = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)

    def to_representation(self, identifier: Identifier) -> dict[str, Any]:
        known = IDENTIFIER_SCHEMES.get(identifier.scheme)
        return {
            "scheme": identifier.scheme,
            "scheme_name": known.name if known else "",
            "value": identifier.value,
            "checked_on": identifier.checked_on,
        }


class AnswerPart(serializers.Serializer):
    """One of the answers that may be given to a question."""

    code = serializers.CharField()
    label = serializers.CharField()


class GovernancePart(serializers.Serializer):
    """A question on ownership and governance, answered with choices or with a number."""

    code = serializers.CharField()
    label = serializers.CharField()
    choices = AnswerPart(many=True)
    number = serializers.FloatField(allow_null=True)


class LinkPart(serializers.Serializer):
    """A further address on the web."""

    url = serializers.CharField()
    title = serializers.CharField(allow_blank=True)


class TranslationPart(serializers.Serializer):
    """Its text in another language."""

    language = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    is_machine_made = serializers.BooleanField()


class NetworkPart(serializers.Serializer):
    """A network that approved it by its published method, or that it belongs to."""

    slug = serializers.CharField()
    name = serializers.CharField()
    badge = serializers.CharField(
        allow_blank=True, help_text="The words of its badge; empty where it has not approved it."
    )
    is_member = serializers.BooleanField()
    member_since = serializers.DateField(allow_null=True)
    approved_on = serializers.DateField(allow_null=True)
    approved_until = serializers.DateField(allow_null=True)


class OrganizationDetail(OrganizationCard):
    """A listing with all that anyone may know of it."""

    legal_name = serializers.CharField(allow_blank=True)
    other_names = serializers.ListField(child=serializers.CharField())
    description = serializers.CharField(allow_blank=True, help_text="Markdown.")
    further_languages = serializers.ListField(child=serializers.CharField())
    translations = TranslationPart(many=True)
    website = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    links = LinkPart(many=True)
    founded = serializers.CharField(allow_blank=True, help_text="A year, month or day.")
    closed = serializers.CharField(allow_blank=True, help_text="A year, month or day.")
    members_count = serializers.IntegerField(allow_null=True)
    workers_count = serializers.IntegerField(allow_null=True)
    governance = GovernancePart(many=True)
    claims = ClaimPart(many=True)
    identifiers = IdentifierPart(many=True)
    locations = FullLocationPart(many=True)
    has_hidden_location = serializers.BooleanField()
    networks = NetworkPart(many=True)
    sources = SourcePart(many=True)
    version = serializers.IntegerField(min_value=1)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    revisions = serializers.CharField(help_text="The address of its history.")

    def to_representation(self, organization: Organization) -> dict[str, Any]:
        """Reads rows loaded for_page()."""
        return (
            super().to_representation(organization)
            | texts(organization)
            | facts(organization)
            | self.history(organization)
        )

    def history(self, organization: Organization) -> dict[str, Any]:
        here = self.context["here"]
        return {
            "sources": SourcePart(organization.source_records.all(), many=True).data,
            "version": organization.version,
            "published_at": organization.published_at,
            "updated_at": organization.updated_at,
            "revisions": here(reverse("api:organization-revisions", args=[organization.uid])),
        }


def texts(organization: Organization) -> dict[str, Any]:
    """Names, words and ways to reach it."""
    return {
        "legal_name": organization.legal_name,
        "other_names": organization.other_names,
        "description": organization.description,
        "further_languages": organization.further_languages,
        "translations": [
            {
                "language": language,
                "name": text.get("name", ""),
                "summary": text.get("summary", ""),
                "description": text.get("description", ""),
                "is_machine_made": text.get("is_machine_made", False),
            }
            for language, text in organization.translations.items()
        ],
        "website": organization.website,
        "email": organization.public_email,
        "phone": organization.public_phone,
        "links": [
            {"url": link["url"], "title": link.get("title", "")} for link in organization.links
        ],
    }


def facts(organization: Organization) -> dict[str, Any]:
    """What is known of it beyond words."""
    numbers = sorted(organization.identifiers.all(), key=lambda row: (row.position, row.pk))
    return {
        "founded": organization.founded,
        "closed": organization.closed,
        "members_count": organization.members_count,
        "workers_count": organization.workers_count,
        "governance": governance(organization),
        "claims": ClaimPart(organization.claims.all(), many=True).data,
        "identifiers": IdentifierPart(numbers, many=True).data,
        "locations": FullLocationPart(organization.public_locations, many=True).data,
        "has_hidden_location": organization.has_hidden_location,
        "networks": NetworkPart(networks_of(organization), many=True).data,
    }


def networks_of(organization: Organization) -> list[dict[str, Any]]:
    """The networks that are shown and approved it or have it as a member, by name."""
    members = organization.memberships.filter(network__is_published=True)
    since = {row.network: row.since for row in members.select_related("network")}
    standing = organization.approvals.standing().select_related("network")
    approved = {row.network: row for row in standing}
    return [
        {
            "slug": network.slug,
            "name": network.name,
            "badge": network.badge_words if network in approved else "",
            "is_member": network in since,
            "member_since": since.get(network),
            "approved_on": approved[network].approved_on if network in approved else None,
            "approved_until": approved[network].valid_until if network in approved else None,
        }
        for network in sorted({*since, *approved}, key=lambda each: (each.name, each.pk))
    ]


def governance(organization: Organization) -> list[dict[str, Any]]:
    """The questions answered, in the order in which they are asked."""
    found = []
    for attribute in governance_attributes().values():
        if attribute.code not in organization.governance:
            continue
        given = organization.governance[attribute.code]
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        codes = [] if is_number else given if isinstance(given, list) else [given]
        found.append(
            {
                "code": attribute.code,
                "label": attribute.label,
                "choices": [
                    {"code": str(code), "label": attribute.choice_label(str(code))}
                    for code in codes
                ],
                "number": given if is_number else None,
            }
        )
    return found

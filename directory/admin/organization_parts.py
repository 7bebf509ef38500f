"""The parts of a listing, inside its form."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from directory.models import (
    Claim,
    Identifier,
    Location,
    ServiceArea,
    SourceRecord,
    VerificationEvent,
)


class PartForm(ModelForm):
    """A part's form; the constraints are checked when the document is written."""

    def _post_clean(self) -> None:
        """Nothing is put into the row here: an action does that, from the document."""


# "example.org" typed into an address field means https.
ADDRESSES = {models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"}}


class ShownWith:
    """Loads what the rows show beside themselves (`shown_with`) in the same query."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.shown_with)


class LocationInline(admin.StackedInline):
    model = Location
    form = PartForm
    extra = 0
    autocomplete_fields = ["place"]
    fields = [
        "place",
        ("street", "postcode"),
        ("locality", "region", "country"),
        ("latitude", "longitude", "precision"),
        "name",
        "opening_hours",
        ("wheelchair", "accessibility_note"),
    ]


class ServiceAreaInline(admin.TabularInline):
    model = ServiceArea
    form = PartForm
    extra = 0
    autocomplete_fields = ["place"]
    fields = ["kind", "place", "country", "latitude", "longitude", "radius_km"]


class ClaimInline(ShownWith, admin.StackedInline):
    shown_with = ["term", "source"]
    model = Claim
    form = PartForm
    formfield_overrides = ADDRESSES
    extra = 0
    autocomplete_fields = ["term", "source"]
    fields = [
        ("term", "is_primary"),
        "statement",
        ("asserted_by", "asserted_by_name", "source"),
        ("evidence_title", "evidence_url"),
        ("checked_on", "valid_until"),
    ]


class IdentifierInline(admin.TabularInline):
    model = Identifier
    form = PartForm
    extra = 0
    fields = ["scheme", "value", "checked_on"]


class SourceRecordInline(ShownWith, admin.TabularInline):
    shown_with = ["source"]
    model = SourceRecord
    form = PartForm
    formfield_overrides = ADDRESSES
    extra = 0
    autocomplete_fields = ["source"]
    fields = ["source", "external_id", "url", "fetched_on"]


class VerificationEventInline(admin.TabularInline):
    """What was logged; a new check is recorded with the button above."""

    model = VerificationEvent
    extra = 0
    can_delete = False
    fields = ["level", "happened_on", "by", "peer_name", "evidence_title", "evidence_url", "note"]
    readonly_fields = fields
    ordering = ["-happened_on", "-pk"]

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


PART_INLINES = [
    LocationInline,
    ServiceAreaInline,
    ClaimInline,
    IdentifierInline,
    SourceRecordInline,
]

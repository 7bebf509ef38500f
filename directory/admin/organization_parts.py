"""The parts of a listing, inside its form."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.admin.by_policy import PartOfListing
from directory.admin.part_formset import PartFormSet
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


IN_ORDER = ["position", "pk"]  # As in the document: a form that is saved untouched keeps it.

# "example.org" typed into an address field means https.
ADDRESSES = {models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"}}


class ShownWith:
    """Loads what the rows show beside themselves (`shown_with`) in the same query."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.shown_with)


class LocationInline(PartOfListing, admin.StackedInline):
    model = Location
    form = PartForm
    formset = PartFormSet
    ordering = IN_ORDER
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


class ServiceAreaInline(PartOfListing, admin.StackedInline):
    model = ServiceArea
    form = PartForm
    formset = PartFormSet
    ordering = IN_ORDER
    extra = 0
    autocomplete_fields = ["place"]
    fields = [("kind", "place"), ("country", "latitude", "longitude", "radius_km")]


class ClaimInline(PartOfListing, ShownWith, admin.StackedInline):
    shown_with = ["term", "source"]
    model = Claim
    form = PartForm
    formset = PartFormSet
    formfield_overrides = ADDRESSES
    ordering = ["-is_primary", *IN_ORDER]
    extra = 0
    autocomplete_fields = ["term", "source"]
    fields = [
        ("term", "is_primary"),
        "statement",
        ("asserted_by", "asserted_by_name", "source"),
        ("evidence_title", "evidence_url"),
        ("checked_on", "valid_until"),
    ]


class IdentifierInline(PartOfListing, admin.StackedInline):
    model = Identifier
    form = PartForm
    formset = PartFormSet
    ordering = IN_ORDER
    extra = 0
    fields = [("scheme", "value", "checked_on")]


class SourceRecordInline(PartOfListing, ShownWith, admin.StackedInline):
    shown_with = ["source"]
    model = SourceRecord
    form = PartForm
    formset = PartFormSet
    formfield_overrides = ADDRESSES
    ordering = IN_ORDER
    extra = 0
    autocomplete_fields = ["source"]
    fields = [("source", "external_id"), ("url", "fetched_on")]


class VerificationEventInline(PartOfListing, admin.StackedInline):
    """What was logged; a new check is recorded with the button above."""

    model = VerificationEvent
    extra = 0
    can_delete = False
    fields = [
        ("level", "happened_on"),
        ("by", "peer_name"),
        ("evidence_title", "evidence_url"),
        "note",
        "take_back",
    ]
    readonly_fields = [
        "level",
        "happened_on",
        "by",
        "peer_name",
        "evidence_title",
        "evidence_url",
        "note",
        "take_back",
    ]
    ordering = ["-happened_on", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("by", "voided_by")

    @admin.display(description=_("taken back"))
    def take_back(self, event: VerificationEvent) -> str:
        """A link that takes it back, or who did and when."""
        if event.voided_at is None:
            url = reverse(
                "admin:directory_organization_void", args=[event.organization_id, event.pk]
            )
            return format_html('<a href="{}">{}</a>', url, _("Take back"))
        day = date_format(event.voided_at, "SHORT_DATE_FORMAT")
        return f"{day}, {event.voided_by}" if event.voided_by else day

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


PART_INLINES = [
    LocationInline,
    ServiceAreaInline,
    ClaimInline,
    IdentifierInline,
    SourceRecordInline,
]

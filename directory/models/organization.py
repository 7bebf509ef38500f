"""The listing itself."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from ulid import ULID

from directory.models.addresses import listing_address
from directory.models.ageing import AgeingQuerySet
from directory.models.card_parts import give_card_parts
from directory.models.changeset import Revision
from directory.models.claim import Claim
from directory.models.confirmation import VerificationEvent, VerificationLevel
from directory.models.fact import FactConfirmation
from directory.models.loaded_parts import LoadedParts
from directory.models.location import Location
from directory.models.networked import NetworkedQuerySet
from directory.models.service_area import ServiceArea
from directory.models.source import SourceRecord

PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class Publication(models.TextChoices):
    """How far a listing is on its way to the public."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Unpublished")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", _("Merged")


class Lifecycle(models.TextChoices):
    """The life of the enterprise itself."""

    FORMING = "forming", _("Forming")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    NEVER_STARTED = "never_started", _("Never started")
    CONVERTED = "converted", _("Turned into something else")
    UNKNOWN = "unknown", _("Not known")


# Lives that are over: such listings come after the others.
ENDED = (Lifecycle.CLOSED, Lifecycle.NEVER_STARTED, Lifecycle.CONVERTED)


def new_uid() -> str:
    """A permanent public id: a ULID, 26 letters and digits without meaning."""
    return str(ULID())


PARTS = (
    Prefetch("locations", Location.objects.in_order().with_place()),
    Prefetch("service_areas", ServiceArea.objects.in_order().with_place()),
    Prefetch("claims", Claim.objects.in_order().with_term()),
    Prefetch("source_records", SourceRecord.objects.in_order().with_source()),
    "identifiers",
)
STANDING_CHECKS = Prefetch("verification_events", VerificationEvent.objects.standing())


class OrganizationQuerySet(AgeingQuerySet, NetworkedQuerySet):
    def published(self) -> Self:
        return self.filter(publication=Publication.PUBLISHED)

    def public_history(self) -> Self:
        """Once published: their ids answer for ever, also after they were withdrawn."""
        return self.filter(published_at__isnull=False)

    def comparable(self) -> Self:
        """Those that another may be the same as: shown, on their way, or taken down by somebody;
        not what only an import put there that was taken back.
        """
        gone = (Publication.REJECTED, Publication.MERGED)
        others = Revision.objects.by_others_than_imports().filter(organization=OuterRef("pk"))
        is_back = Q(publication=Publication.UNPUBLISHED) & ~Exists(others)
        return self.exclude(publication__in=gone).exclude(is_back)

    def claiming(self, terms: Iterable[int]) -> Self:
        """Those that carry any of some terms, by row id of the term."""
        claims = Claim.objects.filter(term_id__in=[*terms], term__is_active=True)
        return self.filter(pk__in=claims.values("organization_id"))

    def called(self, slug: str) -> Self:
        """The listing with this address word, or that had it before.

        Asks at once who had it: both databases answer either question by an index, and the two
        in one by reading all listings.
        """
        had_it = self.model.objects.filter(former_slugs__slug=slug).values_list("pk", flat=True)
        return self.filter(Q(slug=slug) | Q(pk__in=[*had_it])).order_by("pk")

    def with_parts(self) -> Self:
        """With everything a document holds: a fixed number of queries for any length."""
        return self.prefetch_related(*PARTS)

    def cards(self, ids: Iterable[int]) -> dict[int, "Organization"]:
        """Listings by row id, with all their parts but numbers in registers."""
        found = self.in_bulk([*ids])
        give_card_parts(found)
        return found

    def for_page(self) -> Self:
        """With all that the listing's page shows."""
        confirmed = Prefetch("fact_confirmations", FactConfirmation.objects.standing())
        return self.with_parts().prefetch_related(STANDING_CHECKS, confirmed)

    def located_in(self, path: str) -> Self:
        """Those with a location, shown or not, in the place of this path or below it."""
        inside = Q(place__path=path) | Q(place__path__startswith=f"{path}/")
        return self.filter(pk__in=Location.objects.filter(inside).values("organization"))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def living(self) -> Self:
        """Without those whose life is over."""
        return self.exclude(lifecycle__in=ENDED)


class Organization(LoadedParts, models.Model):
    """A co-op, land trust, credit union, mutual aid group or other enterprise that is listed."""

    uid = models.CharField(
        _("permanent id"), max_length=26, unique=True, default=new_uid, editable=False
    )
    slug = models.SlugField(_("address word"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    legal_name = models.CharField(_("registered name"), max_length=200, blank=True)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    language = models.CharField(_("language of the text"), max_length=12, default="en")
    further_languages = models.JSONField(_("languages spoken there"), default=list, blank=True)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    translations = models.JSONField(_("translations"), default=dict, blank=True)

    publication = models.CharField(
        _("publication"), max_length=20, choices=Publication, default=Publication.DRAFT
    )
    published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    lifecycle = models.CharField(
        _("life"), max_length=20, choices=Lifecycle, default=Lifecycle.ACTIVE
    )
    founded = models.CharField(_("founded"), max_length=10, blank=True)
    closed = models.CharField(_("closed"), max_length=10, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )

    website = models.URLField(_("website"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    email_is_public = models.BooleanField(_("show the e-mail address"), default=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    phone_is_public = models.BooleanField(_("show the telephone number"), default=False)
    links = models.JSONField(_("other links"), default=list, blank=True)
    governance = models.JSONField(_("ownership and governance"), default=dict, blank=True)
    members_count = models.PositiveIntegerField(_("members"), null=True, blank=True)
    workers_count = models.PositiveIntegerField(_("workers"), null=True, blank=True)

    # Derived from VerificationEvent rows by `actions.confirmations`; never typed in.
    verification = models.PositiveSmallIntegerField(
        _("verification"), choices=VerificationLevel, default=VerificationLevel.UNVERIFIED
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    last_confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    stale_since = models.DateField(_("wants a new look since"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="organization_has_a_name",
                violation_error_message=_("Give the organization a name."),
            ),
            models.CheckConstraint(
                condition=Q(uid__regex=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"),
                name="organization_uid_is_a_ulid",
            ),
            models.CheckConstraint(
                condition=Q(publication__in=Publication.values),
                name="organization_publication_is_known",
            ),
            models.CheckConstraint(
                condition=Q(lifecycle__in=Lifecycle.values),
                name="organization_lifecycle_is_known",
            ),
            models.CheckConstraint(
                condition=(~Q(publication=Publication.PUBLISHED) | Q(published_at__isnull=False))
                & (~Q(publication=Publication.DRAFT) | Q(published_at__isnull=True)),
                name="organization_is_dated_once_published",
            ),
            models.CheckConstraint(
                condition=(Q(publication=Publication.MERGED) & Q(merged_into__isnull=False))
                | (~Q(publication=Publication.MERGED) & Q(merged_into__isnull=True)),
                name="organization_names_what_it_was_merged_into",
                violation_error_message=_("A merged listing names the one it was merged into."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="organization_is_not_merged_into_itself",
                violation_error_message=_("A listing cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(founded="") | Q(founded__regex=PARTIAL_DATE),
                name="organization_founded_is_a_partial_date",
                violation_error_message=_("Write when it was founded like 1998 or 1998-05-17."),
            ),
            models.CheckConstraint(
                condition=Q(closed="") | Q(closed__regex=PARTIAL_DATE),
                name="organization_closed_is_a_partial_date",
                violation_error_message=_("Write when it closed like 2019 or 2019-05-17."),
            ),
            models.CheckConstraint(
                condition=Q(verification__in=VerificationLevel.values),
                name="organization_verification_is_known",
            ),
        ]
        indexes = [
            # The home page's latest listings.
            models.Index(
                fields=["-published_at"],
                name="organization_latest",
                condition=Q(publication="published"),
            ),
            # What grew old since yesterday, and what wants a new look.
            models.Index(
                fields=["verification", "verified_on"],
                name="organization_growing_old",
                condition=Q(publication="published", stale_since__isnull=True),
            ),
            models.Index(
                fields=["stale_since"],
                name="organization_stale",
                condition=Q(publication="published", stale_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"

    def get_absolute_url(self) -> str:
        return listing_address(self.slug)

    @property
    def is_published(self) -> bool:
        return self.publication == Publication.PUBLISHED

    @property
    def is_merged(self) -> bool:
        return self.publication == Publication.MERGED

    @property
    def remaining(self) -> "Organization":
        """The listing that stands for it: itself, or at the end of all merges the one that is left.

        A query for each merge on the way. Listings are merged only into those that are not, so
        there is no circle; what was written past the actions ends all the same.
        """
        found, passed = self, {self.pk}
        while found.is_merged and found.merged_into_id not in passed:
            passed.add(found.merged_into_id)
            found = found.merged_into
        return found

    @property
    def has_ended(self) -> bool:
        return self.lifecycle in ENDED

    @property
    def public_email(self) -> str:
        """Its e-mail address, where it was chosen that anyone may read it."""
        return self.email if self.email_is_public else ""

    @property
    def public_phone(self) -> str:
        """Its telephone number, where it was chosen that anyone may read it."""
        return self.phone if self.phone_is_public else ""

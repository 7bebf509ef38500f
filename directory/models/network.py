"""Who cares for which listings: networks with members, an area, themes, editors and a method."""

import datetime
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.claim import Claim
from directory.models.location import Location
from directory.models.place import Place, PlaceKind
from directory.models.proposal import Proposal
from directory.models.service_area import ServiceArea
from directory.models.term import Term
from directory.models.vocabulary import vocabulary


class NetworkKind(models.TextChoices):
    """What holds a network together."""

    REGION = "region", _("Regional network")
    FEDERATION = "federation", _("Federation")
    THEME = "theme", _("Steward of a theme")


class EnterpriseEdits(models.TextChoices):
    """What becomes of an edit that an enterprise makes to its own listing."""

    AT_ONCE = "at_once", _("Shown at once")
    AFTER_REVIEW = "after_review", _("Shown after an editor has looked")


class NetworkQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def in_order(self) -> Self:
        return self.order_by("name", "pk")

    def edited_by(self, person: object) -> Self:
        return self.filter(editors=person)

    def caring_for(self, organization: models.Model) -> list["Network"]:
        """Those in whose remit the listing lies. A query for each network: there are few."""
        rows = type(organization).objects.filter(pk=organization.pk)
        return [
            network
            for network in self.in_order().with_remit()
            if rows.filter(cared_for([network])).exists()
        ]

    def with_remit(self) -> Self:
        """With the places and terms they care for, so that `cared_for` costs two queries."""
        return self.prefetch_related("places", "terms")


class Network(models.Model):
    """A regional network, a federation or the steward of a theme, that keeps listings true."""

    slug = models.SlugField(_("address word"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=NetworkKind)
    badge = models.CharField(
        _("words of its badge"),
        max_length=60,
        blank=True,
        help_text=_("Shown on listings it approved. Its name, if you leave this empty."),
    )
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    language = models.CharField(_("language of the text"), max_length=12, default="en")
    method = models.TextField(
        _("method"),
        blank=True,
        help_text=_(
            "What you check before you approve a listing, how, and how often. Anyone may read "
            "it: a badge is worth as much as the method behind it. Markdown."
        ),
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    enterprise_edits = models.CharField(
        _("edits by enterprises"),
        max_length=12,
        choices=EnterpriseEdits,
        default=EnterpriseEdits.AFTER_REVIEW,
    )
    is_published = models.BooleanField(_("shown on the site"), default=False)
    places = models.ManyToManyField(
        "directory.Place",
        blank=True,
        related_name="networks",
        verbose_name=_("area"),
        help_text=_("Listings that are here or serve it. Anywhere, if you leave this empty."),
    )
    terms = models.ManyToManyField(
        "directory.Term",
        blank=True,
        related_name="networks",
        verbose_name=_("types, values and sectors"),
        help_text=_("With all that is narrower. All of them, if you leave this empty."),
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="networks", verbose_name=_("editors")
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="network_has_a_name",
                violation_error_message=_("Give the network a name."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NetworkKind.values), name="network_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(enterprise_edits__in=EnterpriseEdits.values),
                name="network_says_what_becomes_of_edits",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | (~Q(method="") & ~Q(summary="")),
                name="network_is_shown_with_its_method",
                violation_error_message=_(
                    "Before it is shown, a network says in one sentence what it is, and publishes "
                    "its method."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"

    def get_absolute_url(self) -> str:
        return reverse("network-detail", args=[self.slug])

    @property
    def badge_words(self) -> str:
        return self.badge or self.name


class NetworkMember(models.Model):
    """That an enterprise belongs to a network."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="members")
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="memberships"
    )
    since = models.DateField(_("since"), null=True, blank=True)
    added_at = models.DateTimeField(_("written down"), auto_now_add=True)

    class Meta:
        verbose_name = _("member of a network")
        verbose_name_plural = _("members of networks")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organization"],
                name="network_has_a_member_once",
                violation_error_message=_("It is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} in {self.network_id}"


class NetworkApprovalQuerySet(models.QuerySet):
    def standing(self, today: datetime.date | None = None) -> Self:
        """Neither taken back nor run out, by networks that are shown."""
        today = today or timezone.localdate()
        holds = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
        return self.filter(holds, withdrawn_at__isnull=True, network__is_published=True)

    def newest_first(self) -> Self:
        return self.order_by("-approved_on", "-pk")


class NetworkApproval(models.Model):
    """A network's badge on a listing: approved by its published method, on a day, until a day."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="approvals")
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="approvals"
    )
    approved_on = models.DateField(_("approved on"))
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="approvals",
        verbose_name=_("by"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = NetworkApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval by a network")
        verbose_name_plural = _("approvals by networks")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organization"],
                condition=Q(withdrawn_at__isnull=True),
                name="network_approves_a_listing_once",
                violation_error_message=_("This network has approved the listing already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("approved_on")),
                name="approval_holds_after_it_was_given",
                violation_error_message=_("It cannot stop holding before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} by {self.network_id}"


def cared_for(networks: Iterable[Network]) -> Q:
    """The listings in the remit of any of the networks: members, and what its area and terms say.

    A network with neither area nor terms cares for its members only. Reads `places` and `terms` of
    each: load them with `with_remit()`.
    """
    networks = list(networks)
    remits = [_remit(network) for network in networks]
    members = NetworkMember.objects.filter(network__in=networks).values("organization")
    return reduce(or_, filter(None, remits), Q(pk__in=members))


def cared_for_once_listed(networks: Iterable[Network]) -> Q:
    """The proposals of new listings that would lie in the remit of any of the networks.

    Reads what `cared_for` reads.
    """
    nothing = Q(pk__in=[])
    return reduce(or_, filter(None, map(_remit_of_new, networks)), nothing)


def _remit(network: Network) -> Q:
    places, terms = list(network.places.all()), list(network.terms.all())
    found = Q()
    if places:
        rows = _lying_in(places) | Q(country__in=_countries(places))
        found &= Q(pk__in=Location.objects.filter(rows).values("organization")) | Q(
            pk__in=ServiceArea.objects.filter(rows).values("organization")
        )
    if terms:
        claims = Claim.objects.filter(term__in=_with_narrower(terms))
        found &= Q(pk__in=claims.values("organization"))
    return found


def _remit_of_new(network: Network) -> Q:
    places, terms = list(network.places.all()), list(network.terms.all())
    found = Q()
    if places:
        rows = Proposal.places.through.objects.filter(_lying_in(places))
        found &= Q(pk__in=rows.values("proposal"))
    if terms:
        rows = Proposal.terms.through.objects.filter(term__in=_with_narrower(terms))
        found &= Q(pk__in=rows.values("proposal"))
    return found


def _lying_in(places: Iterable[Place]) -> Q:
    """Rows whose `place` lies in any of the places."""
    inside = (Q(place__path=p.path) | Q(place__path__startswith=f"{p.path}/") for p in places)
    return reduce(or_, inside)


def _countries(places: Iterable[Place]) -> list[str]:
    return [place.country_code for place in places if place.kind == PlaceKind.COUNTRY]


def _with_narrower(terms: Iterable[Term]) -> set[int]:
    tree = vocabulary()
    return {each.pk for term in terms for each in [term, *tree.descendants(term)]}

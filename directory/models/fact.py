"""What somebody said is still right: the few facts without which a visit is in vain."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Fact(models.TextChoices):
    """The facts that are confirmed one by one."""

    EXISTS = "exists", _("It still exists")
    ADDRESS = "address", _("Its address")
    CONTACT = "contact", _("How to reach it")
    HOURS = "hours", _("When it is open")


class Witness(models.TextChoices):
    """In which role somebody confirmed a fact."""

    VISITOR = "visitor", _("A visitor")
    ORGANIZATION = "organization", _("The organization itself")
    EDITOR = "editor", _("An editor")
    PEER = "peer", _("A peer")


class FactConfirmationQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Without those that belong to a check that was taken back."""
        return self.filter(event__voided_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-confirmed_on", "-pk")


class FactConfirmation(models.Model):
    """That one fact of a listing was right on a day, as somebody said."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="fact_confirmations"
    )
    fact = models.CharField(_("fact"), max_length=10, choices=Fact)
    witness = models.CharField(_("who"), max_length=12, choices=Witness)
    confirmed_on = models.DateField(_("on"))
    # What was confirmed (documents.facts): once the listing says something else, it is not this.
    digest = models.CharField(max_length=64)
    # The check it belongs to; visitors make none.
    event = models.ForeignKey(
        "directory.VerificationEvent",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="facts",
        verbose_name=_("check"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="fact_confirmations",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("written down"), auto_now_add=True)

    objects = FactConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmed fact")
        verbose_name_plural = _("confirmed facts")
        constraints = [
            models.CheckConstraint(condition=Q(fact__in=Fact.values), name="fact_is_known"),
            models.CheckConstraint(
                condition=Q(witness__in=Witness.values), name="fact_has_a_known_witness"
            ),
            models.CheckConstraint(
                condition=Q(witness="visitor", event__isnull=True)
                | (~Q(witness="visitor") & Q(event__isnull=False)),
                name="fact_is_part_of_a_check_unless_a_visitor_says_so",
            ),
            # However often the button is pressed: a day of visitors is one word.
            models.UniqueConstraint(
                fields=["organization", "fact", "confirmed_on"],
                condition=Q(witness="visitor"),
                name="fact_is_confirmed_by_visitors_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.fact} {self.confirmed_on}"

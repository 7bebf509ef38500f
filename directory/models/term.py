"""The vocabulary: types, values, sectors, kinds of relationship, categories of offer."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.models.term_shape import (
    validate_details,
    validate_labels,
    validate_mappings,
    validate_synonyms,
    validate_texts,
)


class Scheme(models.TextChoices):
    TYPE = "type", _("Type")
    VALUE = "value", _("Value")
    SECTOR = "sector", _("Sector")
    RELATIONSHIP_KIND = "relationship-kind", _("Kind of relationship")
    OFFER_CATEGORY = "offer-category", _("Category of offer")


# Schemes whose terms an organization can carry as claims, and that visitors browse.
CLAIMABLE_SCHEMES = (Scheme.TYPE, Scheme.VALUE, Scheme.SECTOR)


class TermQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def in_scheme(self, scheme: str) -> Self:
        return self.filter(scheme=scheme)

    def in_order(self) -> Self:
        return self.order_by("scheme", "order", "pk")


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in the language asked for, else English, else any; "" where there is none."""
    if not isinstance(texts, dict):
        return ""  # A form that was refused shows its row with what was typed.
    language = (language or get_language() or "en").split("-")[0]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


class Term(models.Model):
    """A word of a controlled vocabulary (a SKOS concept); its code never changes meaning."""

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    code = models.CharField(_("code"), max_length=80)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("broader term"),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    labels = models.JSONField(
        _("labels"), help_text=_("Language code to label."), validators=[validate_labels]
    )
    definitions = models.JSONField(
        _("definitions"), default=dict, blank=True, validators=[validate_texts]
    )
    notes = models.JSONField(_("notes"), default=dict, blank=True, validators=[validate_texts])
    synonyms = models.JSONField(
        _("synonyms"), default=dict, blank=True, validators=[validate_synonyms]
    )
    mappings = models.JSONField(
        _("mappings"), default=list, blank=True, validators=[validate_mappings]
    )
    details = models.JSONField(
        _("details"), default=dict, blank=True, validators=[validate_details]
    )
    # Of what our own file said when it was last loaded; "" for a term that an editor added.
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"],
                name="term_code_is_unique_in_its_scheme",
                violation_error_message=_("This scheme has a term with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=Scheme.values), name="term_scheme_is_known"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9]+([.-][a-z0-9]+)*$"),
                name="term_code_is_lower_case_words",
                violation_error_message=_(
                    "Write the code in lower case letters and digits, with hyphens or dots."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="term_is_not_its_own_parent",
                violation_error_message=_("A term cannot be its own broader term."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.scheme}:{self.code})"

    def get_absolute_url(self) -> str:
        if self.scheme in CLAIMABLE_SCHEMES:
            return reverse(f"{self.scheme}-detail", args=[self.code])
        return reverse("vocabulary-term", args=[self.scheme, self.code])

    def clean(self) -> None:
        """A broader term is of the same scheme and not a narrower one of this term."""
        above = self.parent
        while above is not None:
            if above.scheme != self.scheme:
                raise ValidationError({"parent": _("A broader term is of the same scheme.")})
            if above.pk == self.pk:
                raise ValidationError({"parent": _("That is a narrower term of this one.")})
            above = above.parent

    @property
    def label(self) -> str:
        return in_language(self.labels)

    @property
    def definition(self) -> str:
        return in_language(self.definitions)

    @property
    def note(self) -> str:
        return in_language(self.notes)

    @property
    def evidence_question(self) -> str:
        return in_language(self.details.get("evidence_question", {}))

"""Where listings come from, and under which licence."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """What a source's licence lets others do, from freest to narrowest."""

    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    ATTRIBUTION = "attribution", _("Credit is due")
    SHARE_ALIKE = "share-alike", _("Credit is due, and the same licence")
    NON_COMMERCIAL = "non-commercial", _("Not for business use")
    NONE_STATED = "none-stated", _("No licence stated")


# Licences that let a directory pass facts on under its own, with credit.
REUSABLE = (Licence.PUBLIC_DOMAIN, Licence.ATTRIBUTION)


# Sources that this project ships itself: registers keep the names they call themselves by.
OWN_NAMES = {
    "Our own selection of well-known organizations": _(
        "Our own selection of well-known organizations"
    )
}


def source_name(name: str) -> str:
    """What a source is called in the language of the reader, as far as it is one of ours."""
    return str(OWN_NAMES.get(name, name))


class Source(models.Model):
    """A register, directory or website from which facts about organizations were taken."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(
        _("kind of licence"), max_length=20, choices=Licence, default=Licence.NONE_STATED
    )
    licence_name = models.CharField(_("name of the licence"), max_length=100, blank=True)
    licence_url = models.URLField(_("address of the licence"), max_length=500, blank=True)
    attribution = models.CharField(
        _("credit line"), max_length=300, blank=True, help_text=_("Shown wherever its facts are.")
    )
    note = models.TextField(_("note"), blank=True)
    # When files with its facts and its name last became others.
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values), name="source_licence_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def shown_name(self) -> str:
        return source_name(self.name)

    @property
    def is_reusable(self) -> bool:
        """Whether its facts may be passed on under the directory's own licence, with credit.

        A share-alike licence carries into the very same licence only.
        """
        if self.licence == Licence.SHARE_ALIKE:
            return bool(self.licence_name) and self.licence_name == settings.SITE_LICENCE
        return self.licence in REUSABLE


class SourceRecordQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def with_source(self) -> Self:
        return self.select_related("source")


class SourceRecord(models.Model):
    """What one source knows of one organization: its number there, and when it was read."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="source_records"
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="records", verbose_name=_("source")
    )
    external_id = models.CharField(_("number there"), max_length=200, blank=True)
    url = models.URLField(_("page there"), max_length=500, blank=True)
    fetched_on = models.DateField(_("read on"), null=True, blank=True)
    # Fields of the document whose present value came from there; empty: it is not known which.
    fields = models.JSONField(_("fields from there"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SourceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("source record")
        verbose_name_plural = _("source records")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "source", "external_id"],
                name="source_record_is_given_once",
                violation_error_message=_("This source and number are given already."),
            )
        ]
        indexes = [
            # A second import finds the listing it made before.
            models.Index(fields=["source", "external_id"], name="source_record_by_number")
        ]

    def __str__(self) -> str:
        return f"{self.source.code}: {self.external_id}"

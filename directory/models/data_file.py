"""Which files of ours were loaded, so that a second run need not load them again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataFile(models.Model):
    """A fixture that was loaded to its end, by the digest of its bytes."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    digest = models.CharField(_("SHA-256"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("loaded file")
        verbose_name_plural = _("loaded files")

    def __str__(self) -> str:
        return self.name

"""Address words that listings had before."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerSlug(models.Model):
    """An address word a listing had before; it redirects for ever."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.SlugField(max_length=100, unique=True)
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("former address word")
        verbose_name_plural = _("former address words")

    def __str__(self) -> str:
        return f"{self.slug} → {self.organization_id}"

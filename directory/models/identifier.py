"""Numbers that registers gave to an organization."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.identifier_schemes import IDENTIFIER_SCHEMES


class Identifier(models.Model):
    """A register's number for the organization: org-id.guide list code and value."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(
        _("register"), max_length=40, help_text=_("A list code of org-id.guide, such as GB-COH.")
    )
    value = models.CharField(_("number"), max_length=100)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__regex=r"^[A-Z]{1,8}(-[A-Z0-9]+)+$"),
                name="identifier_scheme_is_a_list_code",
                violation_error_message=_("Write the register as a list code like GB-COH."),
            ),
            models.CheckConstraint(
                condition=~Q(value=""),
                name="identifier_has_a_value",
                violation_error_message=_("Write the number."),
            ),
            models.UniqueConstraint(
                fields=["organization", "scheme", "value"],
                name="identifier_is_given_once",
                violation_error_message=_("This number is given already."),
            ),
        ]
        indexes = [
            # "Is this charter number listed?", asked by search and every import.
            models.Index(fields=["scheme", "value"], name="identifier_by_value")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

    @property
    def scheme_name(self) -> str:
        """What the register is called; its list code where we know no name.

        Codes that begin with X- are of no public list, and are read as words.
        """
        if known := IDENTIFIER_SCHEMES.get(self.scheme):
            return known.name
        is_private = self.scheme.startswith("X-")
        return self.scheme[2:].replace("-", " ") if is_private else self.scheme

"""People who sign in, what they are here, and whether they may still come in."""

from typing import Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody who signs in is here. A visitor is whoever does not sign in."""

    CONTRIBUTOR = "contributor", _("Contributor")
    ENTERPRISE = "enterprise", _("Speaks for an enterprise")
    EDITOR = "editor", _("Editor")
    CURATOR = "curator", _("Curator")
    OPERATOR = "operator", _("Operator")


# Who works in the admin, with a second factor.
STAFF_ROLES = (Role.EDITOR, Role.CURATOR, Role.OPERATOR)


class UserQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("username", "pk")

    def staff(self) -> Self:
        return self.filter(role__in=STAFF_ROLES, is_active=True)

    def with_role(self, role: Role) -> Self:
        return self.filter(role=role, is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Django asks for these two by name."""

    def create_user(
        self, username: str, email: str | None = "", password: str | None = None, **fields: Any
    ) -> "User":
        """Somebody new, a contributor unless `role` says otherwise."""
        person = self.model(
            username=self.model.normalize_username(username),
            email=self.normalize_email(email),
            **fields,
        )
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self, username: str, email: str | None = "", password: str | None = None, **fields: Any
    ) -> "User":
        """An operator: what the command createsuperuser makes."""
        return self.create_user(username, email, password, **fields | {"role": Role.OPERATOR})


class User(AbstractUser):
    """Somebody who can sign in. Their role says what they may do: directory/actions/policies.py.

    Django's own permissions, groups and flags are not used: there is one table, and it is ours.
    """

    groups = None
    user_permissions = None

    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    suspended_at = models.DateTimeField(_("suspended"), null=True, blank=True, editable=False)
    # Nobody where a command did it.
    suspended_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="suspended",
        verbose_name=_("suspended by"),
    )
    suspended_reason = models.CharField(_("why suspended"), max_length=300, blank=True)

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_reason="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_reason="")),
                name="user_is_suspended_for_a_reason",
                violation_error_message=_("Say why this person is suspended."),
            ),
            models.CheckConstraint(
                condition=Q(suspended_by__isnull=True) | Q(suspended_at__isnull=False),
                name="user_suspended_by_somebody_is_suspended",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, suspended_at__isnull=True)
                | Q(is_active=False, suspended_at__isnull=False),
                name="user_is_active_unless_suspended",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_belongs_to_one_person",
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    @property
    def is_staff(self) -> bool:
        """Whether they work in the admin."""
        return self.role in STAFF_ROLES

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the table of policies; Django asks."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's permissions are not used here."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Django's permissions are not used here."""
        return False

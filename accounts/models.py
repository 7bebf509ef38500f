"""People who sign in, what they are here, and whether they may still come in."""

from typing import Any, Self

from django.apps import apps
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
        """Somebody new, a contributor unless `role` says otherwise.

        An operator or a command makes them: the address that these give needs no confirming.
        """
        person = self.model(
            username=self.model.normalize_username(username),
            email=(email or "").lower(),
            **fields,
        )
        person.set_password(password)
        person.save(using=self._db)
        if person.email:
            apps.get_model("account", "EmailAddress").objects.create(
                user=person, email=person.email, primary=True, verified=True
            )
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
    # Part of what a session is checked by: counting on ends all sessions of this person.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session of this person carries; Django compares it at every request."""
        return f"{super()._get_session_auth_hash(secret)}{self.session_generation}"

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's permissions are not used here."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Django's permissions are not used here."""
        return False


class Deed(models.TextChoices):
    """What an operator, or a command, can do to an account."""

    INVITED = "invited", _("Invited")
    EDITED = "edited", _("Name or e-mail changed")
    ROLE_GRANTED = "role_granted", _("Role given")
    SUSPENDED = "suspended", _("Suspended")
    REINSTATED = "reinstated", _("Let back in")
    SESSIONS_ENDED = "sessions_ended", _("Signed out everywhere")
    SECOND_FACTOR_RESET = "second_factor_reset", _("Second factor taken away")


class AccountEvent(models.Model):
    """One thing that was done to an account: by whom, when, why."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="events", verbose_name=_("person")
    )
    deed = models.CharField(_("what was done"), max_length=20, choices=Deed)
    role = models.CharField(_("role after it"), max_length=12, choices=Role)
    reason = models.CharField(_("why"), max_length=300)
    # Nobody where a command did it.
    by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deeds",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=Deed.values), name="account_event_deed_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="account_event_has_a_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_deed_display()

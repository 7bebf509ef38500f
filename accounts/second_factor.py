"""Whether somebody has a second factor. Recovery codes alone are none: they go with one."""

from allauth.mfa.models import Authenticator

from accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: User) -> bool:
    """Whether this person set up an app or a passkey."""
    return Authenticator.objects.filter(user=person, type__in=FACTORS).exists()


def is_last_factor(authenticator: Authenticator) -> bool:
    """Whether this person would be without a second factor if this one went."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
    return authenticator.type in FACTORS and not others.exclude(pk=authenticator.pk).exists()

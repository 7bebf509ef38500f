"""Texts of allauth that our pages show as they are: named here so that ours translate them too.

allauth has no catalogue for Portuguese as such, only for its two countries.
"""

from django.utils.translation import gettext_noop as _

SHOWN = (
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
)

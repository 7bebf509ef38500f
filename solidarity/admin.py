"""The admin's frame."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DirectoryAdminSite(admin.AdminSite):
    """Where editors keep the listings true."""

    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME
    index_title = _("Keep the listings true")
    enable_nav_sidebar = False  # Its script hides content until loaded; the index lists the same.

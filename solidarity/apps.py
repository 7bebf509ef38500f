"""Django's admin, with our own site object in it."""

from django.contrib.admin.apps import AdminConfig


class DirectoryAdminConfig(AdminConfig):
    default_site = "solidarity.admin.DirectoryAdminSite"

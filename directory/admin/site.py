"""The admin's frame."""

from django.contrib.admin import apps


class DirectoryAdminConfig(apps.AdminConfig):
    """Django's admin; our modules are found through `directory.admin`."""

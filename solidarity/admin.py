"""The admin's frame."""

from allauth.account.views import logout
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Proposal


class DirectoryAdminSite(admin.AdminSite):
    """Where editors keep the listings true. They come in through the one sign-in of the site."""

    site_title = settings.SITE_NAME
    site_header = settings.SITE_NAME
    index_title = _("Keep the listings true")
    enable_nav_sidebar = False  # Its script hides content until loaded; the index lists the same.

    def get_urls(self) -> list:
        """All but the address that leads from any row's number to its page.

        It would tell the address word of a draft to whoever may not see it.
        """
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """What there is to keep true, below what waits."""
        waiting = self.get_model_admin(Proposal).what_waits(request)
        return super().index(request, waiting | (extra_context or {}))

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """To the sign-in page: it counts tries and asks for the second factor."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return logout(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

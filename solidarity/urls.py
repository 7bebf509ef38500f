"""Addresses: pages, API, admin, health."""

from django.contrib import admin
from django.urls import include, path

from solidarity import errors, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("directory.api.urls")),
    path("", include("directory.web.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many_requests  # What allauth asks for by this name.
handler500 = errors.server_error

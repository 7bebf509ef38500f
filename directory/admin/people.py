"""People who sign in."""

from django.contrib import admin

from accounts.models import User


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["username", "role", "is_active"]
    ordering = ["username", "pk"]

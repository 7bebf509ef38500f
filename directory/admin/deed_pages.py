"""Pages of the admin that hold one form with one button, for one deed."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

TEMPLATE = "admin/directory/deed_form.html"


def deed_page(
    admin: Any,
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    row: Any = None,
    about: str = "",
) -> TemplateResponse:
    """The page of a deed: to a row of the table that `admin` keeps, or to the table.

    `about` is a sentence above the form.
    """
    name = f"admin:{admin.opts.app_label}_{admin.opts.model_name}"
    trail = [(reverse(f"{name}_changelist"), capfirst(admin.opts.verbose_name_plural))]
    if row is not None:
        words = getattr(row, "name", None) or str(row)
        trail.append((reverse(f"{name}_change", args=[row.pk]), words))
    context = admin.admin_site.each_context(request) | {
        "title": title,
        "opts": admin.opts,
        "original": row,
        "trail": trail,
        "form": form,
        "button": button,
        "about": about,
    }
    return TemplateResponse(request, TEMPLATE, context)

"""Revisions and proposals from before the choice to show contact details say what holds now.

A document that says nothing of it would be read as "not shown": undoing a later change, or accepting
what was proposed then, would hide details that are shown, without anybody having chosen that.
"""

from django.db import migrations
from django.db.models import Q

NAMES = ("email_is_public", "phone_is_public")


def is_silent() -> Q:
    """Whether a row's document leaves one of them out."""
    return Q(document__isnull=False) & (
        ~Q(document__has_key=NAMES[0]) | ~Q(document__has_key=NAMES[1])
    )


def fill(apps, schema_editor):
    for name in ("Revision", "Proposal"):
        rows = apps.get_model("directory", name).objects.filter(is_silent())
        for row in rows.select_related("organization").iterator(chunk_size=500):
            row.document = shown_now(row) | row.document
            row.save(update_fields=["document"])


def shown_now(row) -> dict[str, bool]:
    """What the listing says; a new one that was proposed gave them to be shown."""
    if row.organization is None:
        return {name: bool(row.document[name.partition("_")[0]]) for name in NAMES}
    return {name: getattr(row.organization, name) for name in NAMES}


class Migration(migrations.Migration):
    dependencies = [("directory", "0033_fill_proposal_remit")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

"""Revisions and proposals from before the choice to show contact details say what holds now.

A document that says nothing of it would be read as "not shown": undoing a later change, or accepting
what was proposed then, would hide details that are shown, without anybody having chosen that.
"""

import json

from django.db import migrations
from django.db.models import Q

NAMES = ("email_is_public", "phone_is_public")
COLUMNS = ("pk", "document", "organization_id", *[f"organization__{name}" for name in NAMES])
ROWS_AT_ONCE = 2_000  # Some ten megabytes of documents.


def is_silent() -> Q:
    """Whether a row's document leaves one of them out."""
    return Q(document__isnull=False) & (
        ~Q(document__has_key=NAMES[0]) | ~Q(document__has_key=NAMES[1])
    )


def fill(apps, schema_editor):
    connection, quote = schema_editor.connection, schema_editor.quote_name
    for name in ("Revision", "Proposal"):
        model = apps.get_model("directory", name)
        rows = model.objects.using(connection.alias).filter(is_silent())
        rows = rows.order_by("pk").values_list(*COLUMNS)
        # Not one by one through the ORM: of a million that takes ten minutes.
        table, document, key = map(quote, (model._meta.db_table, "document", "id"))
        update = f"UPDATE {table} SET {document} = %s WHERE {key} = %s"  # noqa: S608
        last = 0
        while portion := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
            filled = [
                (json.dumps(shown_now(document, listing, shown) | document), pk)
                for pk, document, listing, *shown in portion
            ]
            with connection.cursor() as cursor:
                cursor.executemany(update, filled)
            last = portion[-1][0]


def shown_now(document: dict, listing: int | None, shown: list[bool]) -> dict[str, bool]:
    """What the listing says; a new one that was proposed gave them to be shown."""
    if listing is None:
        return {name: bool(document[name.partition("_")[0]]) for name in NAMES}
    return dict(zip(NAMES, shown, strict=True))


class Migration(migrations.Migration):
    dependencies = [("directory", "0033_fill_proposal_remit")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

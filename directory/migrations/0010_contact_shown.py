"""Contact details that were shown so far stay shown; from now on showing them is a choice."""

from django.db import migrations
from django.db.models import F


def keep_shown(apps, schema_editor):
    rows = apps.get_model("directory", "Organization").objects
    rows.exclude(email="").update(email_is_public=True, updated_at=F("updated_at"))
    rows.exclude(phone="").update(phone_is_public=True, updated_at=F("updated_at"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_networks")]
    operations = [migrations.RunPython(keep_shown, migrations.RunPython.noop)]

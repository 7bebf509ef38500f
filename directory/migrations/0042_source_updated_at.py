"""When a source was last changed: whoever asks for files by time is answered by that."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0041_close_imports_taken_back")]
    operations = [
        migrations.AddField(
            model_name="source",
            name="updated_at",
            field=models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now, verbose_name="changed"
            ),
            preserve_default=False,
        ),
    ]

"""Whether the enterprise itself sent a proposal or report about its listing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0030_own_door")]
    operations = [
        migrations.AddField(
            model_name="proposal",
            name="is_own",
            field=models.BooleanField(default=False, verbose_name="sent by the enterprise itself"),
        )
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0039_gap_digest")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="is_part",
            field=models.BooleanField(default=False, verbose_name="a part of what the source has"),
        ),
        migrations.AddField(
            model_name="importrun",
            name="compared_to",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0042_source_updated_at")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="compared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]

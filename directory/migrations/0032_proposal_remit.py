"""Where a proposed listing lies and what it is, by which networks care for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0031_own_proposal")]
    operations = [
        migrations.AddField(
            model_name="proposal",
            name="places",
            field=models.ManyToManyField(blank=True, related_name="+", to="directory.place"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="terms",
            field=models.ManyToManyField(blank=True, related_name="+", to="directory.term"),
        ),
    ]

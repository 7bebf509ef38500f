"""What an enterprise says of a proposal about its listing, for the editors who decide."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_contact_shown")]
    operations = [
        migrations.AddField(
            model_name="proposal",
            name="own_word",
            field=models.TextField(
                blank=True, max_length=2000, verbose_name="word of the enterprise"
            ),
        )
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[
                    ("contributor", "Contributor"),
                    ("enterprise", "Speaks for an enterprise"),
                    ("editor", "Editor"),
                    ("curator", "Curator"),
                    ("operator", "Operator"),
                ],
                default="contributor",
                max_length=12,
                verbose_name="role",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="suspended"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspended",
                to=settings.AUTH_USER_MODEL,
                verbose_name="suspended by",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="suspended_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why suspended"),
        ),
    ]

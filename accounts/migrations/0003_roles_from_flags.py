from django.db import migrations
from django.utils import timezone


def give_roles(apps, schema_editor):
    """Who could do everything becomes an operator, who could enter the admin an editor."""
    User = apps.get_model("accounts", "User")
    User.objects.filter(is_superuser=True).update(role="operator")
    User.objects.filter(is_superuser=False, is_staff=True).update(role="editor")
    User.objects.filter(is_active=False, suspended_at=None).update(
        suspended_at=timezone.now(), suspended_reason="Not active before roles came."
    )


def give_flags(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    User.objects.filter(role="operator").update(is_superuser=True, is_staff=True)
    User.objects.filter(role__in=["editor", "curator"]).update(is_staff=True)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_user_role_and_suspension"),
    ]

    operations = [
        migrations.RunPython(give_roles, give_flags),
    ]

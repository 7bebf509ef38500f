from django.db import migrations


def note_addresses(apps, schema_editor):
    """Who was here before signs in without confirming the address that an operator gave."""
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for person in User.objects.exclude(email=""):
        EmailAddress.objects.get_or_create(
            user=person,
            email=person.email.lower(),
            defaults={"primary": True, "verified": True},
        )


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_user_rules_and_events"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(note_addresses, migrations.RunPython.noop),
    ]

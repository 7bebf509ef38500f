"""The enterprise's own page as a door of its own, so that the history can say who it was."""

from django.db import migrations, models

DOORS = [
    ("admin", "Admin"),
    ("api", "API"),
    ("web", "Website"),
    ("enterprise", "Page of the enterprise"),
    ("import", "Import"),
    ("command", "Command line"),
    ("mail", "Link in a letter"),
    ("clock", "Passing of time"),
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_duplicates_and_merges")]
    operations = [
        migrations.AlterField(
            model_name="changeset",
            name="door",
            field=models.CharField(choices=DOORS, max_length=10, verbose_name="door"),
        ),
        migrations.RemoveConstraint(model_name="changeset", name="changeset_came_through_a_door"),
        migrations.AddConstraint(
            model_name="changeset",
            constraint=models.CheckConstraint(
                condition=models.Q(("door__in", [code for code, _label in DOORS])),
                name="changeset_came_through_a_door",
            ),
        ),
    ]

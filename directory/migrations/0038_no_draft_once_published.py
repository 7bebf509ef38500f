from django.db import migrations, models


def unpublish_drafts(apps, schema_editor):
    """What an import made a draft again stays off the site, under its id that answers for ever."""
    drafts = apps.get_model("directory", "Organization").objects.filter(publication="draft")
    drafts.exclude(published_at=None).update(publication="unpublished")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0037_findings'),
    ]

    operations = [
        migrations.RunPython(unpublish_drafts, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='organization',
            name='organization_is_dated_once_published',
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('publication', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), models.Q(models.Q(('publication', 'draft'), _negated=True), ('published_at__isnull', True), _connector='OR')), name='organization_is_dated_once_published'),
        ),
    ]

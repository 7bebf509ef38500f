from django.db import migrations, models
from django.db.models import Q
from django.utils.crypto import salted_hmac

SHOWN_FROM = 5  # As GAPS_SHOWN_FROM was.


def put_digests(apps, schema_editor):
    """Words that few looked for are forgotten; their count goes on under the digest of them."""
    Gap = apps.get_model("directory", "Gap")
    for gap in Gap.objects.exclude(words=""):
        parts = repr((gap.month, gap.place_id, gap.words))
        mac = salted_hmac("directory.gap.words", parts, algorithm="sha256")
        gap.digest = mac.hexdigest()
        if gap.count < SHOWN_FROM:
            gap.words = ""
        gap.save(update_fields=["digest", "words"])


def drop_counts_without_words(apps, schema_editor):
    """Nobody knows the words any more, and without a digest they cannot be counted on."""
    Gap = apps.get_model("directory", "Gap")
    Gap.objects.filter(words="").exclude(digest="").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0038_no_draft_once_published'),
    ]

    operations = [
        migrations.AddField(
            model_name='gap',
            name='digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RemoveConstraint(model_name='gap', name='gap_is_counted_once_a_month'),
        migrations.RemoveConstraint(
            model_name='gap', name='gap_without_place_is_counted_once_a_month'
        ),
        migrations.RemoveConstraint(model_name='gap', name='gap_is_of_a_term_or_of_words'),
        migrations.RemoveConstraint(model_name='gap', name='gap_is_of_something'),
        migrations.RunPython(put_digests, drop_counts_without_words),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.UniqueConstraint(
                fields=('month', 'scheme', 'code', 'digest', 'place'),
                name='gap_is_counted_once_a_month',
            ),
        ),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.UniqueConstraint(
                condition=Q(place__isnull=True),
                fields=('month', 'scheme', 'code', 'digest'),
                name='gap_without_place_is_counted_once_a_month',
            ),
        ),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.CheckConstraint(
                condition=Q(code='') | Q(digest=''), name='gap_is_of_a_term_or_of_words'
            ),
        ),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.CheckConstraint(
                condition=~Q(code='', digest='', place__isnull=True), name='gap_is_of_something'
            ),
        ),
        migrations.AddConstraint(
            model_name='gap',
            constraint=models.CheckConstraint(
                condition=Q(words='', digest='')
                | Q(words='', count__lt=SHOWN_FROM)
                | (~Q(words='') & ~Q(digest='') & Q(count__gte=SHOWN_FROM)),
                name='gap_has_its_words_once_many_share_them',
            ),
        ),
    ]

"""Imports that were taken back before that gave them up: their rows waited for a decision."""

from django.db import migrations
from django.db.models import Max


def give_up(apps, schema_editor):
    """Those of which every listing was put back, by what stands itself, and their word with them.

    Where somebody put listings back one by one, the word of the source stayed.
    """
    Changeset, Revision = (apps.get_model("directory", n) for n in ("Changeset", "Revision"))
    ImportRun, ImportBase = (apps.get_model("directory", n) for n in ("ImportRun", "ImportBase"))
    undone = Changeset.objects.filter(reverted_by__isnull=False).distinct()
    for run in ImportRun.objects.filter(state="applied", changeset__in=undone.values("pk")):
        undoings = Changeset.objects.filter(reverts=run.changeset_id, reverted_by__isnull=True)
        back = Revision.objects.filter(changeset__in=undoings).values("organization")
        changed = Revision.objects.filter(changeset=run.changeset_id)
        word = ImportBase.objects.filter(
            row__run=run, row__organization__in=changed.values("organization")
        )
        is_back = not changed.exclude(organization__in=back).exists()
        if undoings.exists() and is_back and not word.exists():
            run.state = "discarded"
            run.finished_at = undoings.aggregate(last=Max("created_at"))["last"]
            run.save(update_fields=["state", "finished_at"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0040_parts_and_news_of_imports")]
    operations = [migrations.RunPython(give_up, migrations.RunPython.noop)]

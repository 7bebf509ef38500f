"""The places and terms of new listings that wait already."""

from django.db import migrations


def fill(apps, schema_editor):
    Place, Term = apps.get_model("directory", "Place"), apps.get_model("directory", "Term")
    Proposal = apps.get_model("directory", "Proposal")
    for proposal in Proposal.objects.filter(kind="new", organization=None).iterator():
        document = proposal.document
        parts = [*document["locations"], *document["service_areas"]]
        paths = {part["place"] or part["country"].lower() for part in parts}
        proposal.places.set(Place.objects.filter(path__in=paths))
        for claim in document["claims"]:
            proposal.terms.add(*Term.objects.filter(scheme=claim["scheme"], code=claim["code"]))


class Migration(migrations.Migration):
    dependencies = [("directory", "0032_proposal_remit")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

"""Invented listings: the same for the same number and seed, valid, and plainly examples."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.actions import organizations
from directory.documents import document_of, validate
from directory.management.synthetic.languages import LANGUAGES
from directory.models import Door, Organization, Revision, VerificationLevel
from directory.search import engine
from directory.search.query import Choice, Query
from tests.factories import make_organization, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("taxonomy")]


@pytest.fixture(autouse=True)
def towns(db):
    make_place("us/maryland/takoma-park")
    make_place("uy/montevideo/montevideo", latitude=-34.9, longitude=-56.2, population=1_300_000)
    make_place("jp/tokyo/tokyo", latitude=35.7, longitude=139.7, population=9_000_000)
    make_place("fr/occitanie/toulouse", latitude=43.6, longitude=1.4, population=500_000)


def generate(count: int, **options) -> str:
    output = StringIO()
    call_command("generate_organizations", count, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def documents() -> list[dict]:
    return [r.document for r in Revision.objects.order_by("sequence")]


def test_the_same_number_and_seed_give_the_same_listings():
    generate(40)
    uids = list(Organization.objects.order_by("pk").values_list("uid", flat=True))
    first = documents()
    Revision.objects.all().delete()
    Organization.objects.all().delete()

    generate(15)
    generate(40)  # Goes on where it was.

    assert documents() == first
    assert list(Organization.objects.order_by("pk").values_list("uid", flat=True)) == uids


def test_another_seed_gives_others_beside_them():
    generate(10)
    generate(10, seed=2)

    assert len({document["summary"] for document in documents()}) == 20


def test_each_is_valid_and_says_that_it_is_an_example():
    generate(150)
    words = {language.example for language in LANGUAGES}

    for organization in Organization.objects.with_parts():
        document = organization.revisions.get().document
        assert validate(document) == document
        assert document_of(organization) == document
        assert any(f"({word})" in organization.name for word in words)


def test_eight_of_a_hundred_are_not_published():
    generate(1_500)

    published = Organization.objects.published().count()

    assert published == pytest.approx(0.92 * 1_500, abs=45)
    assert {*Organization.objects.values_list("verification", flat=True)} == {*VerificationLevel}


def test_an_index_that_stands_already_finds_what_is_generated():
    make_organization("Real Bakery")
    assert engine.search(Query()).total == 1

    generate(60, into_existing=True)
    found = engine.search(Query(facets={"source": Choice(include=("invented-examples",))}))

    assert found.total == Organization.objects.published().count() - 1
    assert found.sequence == Revision.objects.newest_first().first().sequence


def test_each_has_one_revision_and_the_log_has_no_gap():
    generate(30)

    sequences = list(Revision.objects.order_by("sequence").values_list("sequence", flat=True))

    assert len(sequences) == Organization.objects.count() == 30
    assert sequences == list(range(sequences[0], sequences[0] + 30))


def test_real_listings_are_not_mixed_with_invented_ones_unless_told():
    make_organization("Real Bakery")

    with pytest.raises(CommandError, match="--into-existing"):
        generate(5)

    assert Organization.objects.count() == 1


def test_a_real_deployment_gets_none(settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        generate(5, into_existing=True)


def test_what_is_generated_can_be_edited_like_any_other():
    generate(1)
    organization = Organization.objects.get()
    document = organization.revisions.get().document

    assert not organizations.edit(organization, document, by=None, door=Door.COMMAND)
    assert organizations.edit(
        organization, document | {"summary": "An example."}, by=None, door=Door.COMMAND
    )

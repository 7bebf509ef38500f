from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.actions import confirmations, organizations
from directory.documents import document_of
from directory.models import Door, Organization, VerificationLevel
from directory.search import live
from directory.search.engine import search, suggest, total
from directory.search.query import Choice, Query
from tests.factories import make_organization, make_place, make_term

BY = {"by": None, "door": Door.COMMAND}


def edit(organization: Organization, **changes) -> None:
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    organizations.edit(loaded, document_of(loaded) | changes, **BY)


def ids(**query) -> set[int]:
    return {hit.organization_id for hit in search(Query(**query)).hits}


def test_a_write_is_visible_to_the_next_search(db):
    first = make_organization("Harbour Repair")
    assert ids(words="harbour") == {first.pk}

    second = make_organization("Harbour Bakery")

    assert ids(words="harbour") == {first.pk, second.pk}
    assert total() == 2


def test_an_edit_takes_the_place_of_what_was_there(db):
    make_place("uy/rocha/la-paloma", latitude=-34.66, longitude=-54.16)
    organization = make_organization("Harbour Repair", types=("worker-cooperative",))
    make_term("credit-union")
    total()

    edit(
        organization,
        name="Meadow Savings",
        claims=[{"scheme": "type", "code": "credit-union"}],
        locations=[{"place": "uy/rocha/la-paloma", "country": "UY"}],
    )

    assert ids(words="harbour") == set()
    assert ids(words="meadow") == {organization.pk}
    assert ids(words="credit union rocha") == {organization.pk}
    assert ids(facets={"type": Choice(("worker-cooperative",))}) == set()
    assert ids(facets={"place": Choice(("uy",))}) == {organization.pk}
    assert [value.code for value in search(Query()).facets["place"]] == ["uy"]
    assert total() == 1
    assert [found.label for found in suggest("mead", "en", kinds=("organization",))] == [
        "Meadow Savings"
    ]


def test_what_is_taken_down_is_gone_and_comes_back_when_published_again(db):
    organization = make_organization("Harbour Repair")
    total()

    organizations.unpublish(organization, **BY)
    assert ids(words="harbour") == set()
    assert suggest("harb", "en", kinds=("organization",)) == []

    organizations.publish(organization, **BY)
    assert ids(words="harbour") == {organization.pk}


def test_a_check_counts_at_once(db):
    organization = make_organization()
    assert ids(verified_only=True) == set()

    level = VerificationLevel.EDITOR_CHECKED
    confirmations.verify(organization, level=level, on=organization.created_at.date(), **BY)

    assert ids(verified_only=True) == {organization.pk}
    assert ids(confirmed_after=organization.created_at.date()) == {organization.pk}


def test_a_rollback_is_noticed(db):
    kept = make_organization("Harbour Repair")

    with transaction.atomic():
        undone = make_organization("Harbour Bakery")
        assert ids(words="harbour") == {kept.pk, undone.pk}
        transaction.set_rollback(True)

    assert ids(words="harbour") == {kept.pk}
    assert total() == 1


def test_a_rollback_is_noticed_though_the_log_has_grown_again_since(db):
    kept = make_organization("Harbour Repair")
    point = transaction.savepoint()
    make_organization("Harbour Bakery")
    assert total() == 2
    transaction.savepoint_rollback(point)

    other = make_organization("Meadow Bakery")  # Takes the same numbers in the log.

    assert ids() == {kept.pk, other.pk}
    assert ids(words="harbour") == {kept.pk}


def test_an_emptied_database_is_noticed(db):
    point = transaction.savepoint()
    make_organization("Harbour Repair")
    assert total() == 1

    transaction.savepoint_rollback(point)

    assert total() == 0
    assert search(Query()).sequence == 0


def test_a_changed_vocabulary_is_noticed(db):
    term = make_term("credit-union", labels={"en": "Credit union"})
    organization = make_organization("Riverside", types=("credit-union",))
    assert ids(words="caja") == set()

    term.synonyms = {"es": ["caja popular"]}
    term.save()

    assert ids(words="caja") == {organization.pk}


def test_rows_loaded_past_the_log_are_seen_while_the_log_is_empty(db):
    assert total() == 0
    organization = make_organization("Harbour Repair")
    organization.revisions.all().delete()

    assert ids(words="harbour") == {organization.pk}


def test_many_changes_make_the_index_anew_with_the_same_answers(db, monkeypatch):
    monkeypatch.setattr(live, "CHANGES_MAX", 5)
    total()
    made = [make_organization(f"Harbour {number}") for number in range(4)]
    assert total() == 4

    made += [make_organization(f"Harbour {number}") for number in range(4, 9)]

    assert ids(words="harbour") == {organization.pk for organization in made}
    with live.current() as (index, _sequence):
        assert index.changes <= 5


def test_answers_are_the_same_from_the_base_and_from_changes(db):
    names = ["Harbour Repair", "Ångström Bakery", "Zest", "meadow", "Meadow Bakery", "Éclair"]
    for name in names[:2]:
        make_organization(name)
    total()
    for name in names[2:]:
        make_organization(name)
    queries = [{}, {"words": "bakery"}, {"sort": "confirmed"}, {"words": "meadw"}]
    grown = [search(Query(**query)) for query in queries]

    live._state = None
    anew = [search(Query(**query)) for query in queries]

    assert grown == anew


def test_a_search_reads_the_log_and_the_vocabulary_and_nothing_else(db):
    for number in range(30):
        make_organization(f"Harbour {number}")
    total()

    with CaptureQueriesContext(
        connection,
    ) as captured:
        search(Query(words="harbour"))

    assert len(captured) <= 2

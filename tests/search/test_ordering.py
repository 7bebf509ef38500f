import datetime

import pytest
from django.utils import timezone

from directory.actions import confirmations
from directory.models import Door, Organization, VerificationLevel
from directory.search.engine import search
from directory.search.query import Choice, Point, Query
from tests.factories import make_organization, make_place, make_term

HERE = Point(38.9779, -77.0075, "Takoma Park", "us/maryland/takoma-park", "US")


def verify(organization: Organization, days_ago: int, level=VerificationLevel.EDITOR_CHECKED):
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    confirmations.verify(organization, level=level, on=day, by=None, door=Door.COMMAND)


@pytest.mark.parametrize("sort", ["relevance", "distance", "name", "confirmed"])
@pytest.mark.parametrize("words", ["", "repair"])
@pytest.mark.parametrize("near", [None, HERE])
def test_pages_show_every_hit_once_and_always_in_the_same_order(db, sort, words, near):
    for _ in range(23):  # Alike in all that orders them.
        make_organization("Repair")

    def pages(size: int) -> list[int]:
        query = {"words": words, "near": near, "sort": sort, "page_size": size}
        found = [search(Query(**query, page=page)) for page in range(1, 23 // size + 2)]
        return [hit.organization_id for result in found for hit in result.hits]

    whole = pages(23)

    assert len({*whole}) == 23
    assert pages(5) == whole
    assert pages(7) == whole


def test_the_order_fits_the_question_unless_one_is_asked_for(db):
    make_organization()

    assert search(Query()).sort == "name"
    assert search(Query(words="example")).sort == "relevance"
    assert search(Query(near=HERE)).sort == "distance"
    assert search(Query(words="example", near=HERE, sort="distance")).sort == "distance"
    assert search(Query(sort="distance")).sort == "name"


def test_names_are_ordered_without_regard_to_case_and_accents(db):
    for name in ("Zest", "éclair", "Ember", "Åkerbruk", "apple"):
        make_organization(name)

    hits = search(Query(sort="name")).hits

    rows = Organization.objects.in_bulk([hit.organization_id for hit in hits])
    assert [rows[hit.organization_id].name for hit in hits] == [
        "Åkerbruk", "apple", "éclair", "Ember", "Zest",
    ]  # fmt: skip


def test_the_last_confirmed_come_first_and_the_never_confirmed_last(db):
    never, long_ago, lately = (make_organization(name) for name in ("A", "B", "C"))
    verify(long_ago, 90)
    verify(lately, 2)

    ids = [hit.organization_id for hit in search(Query(sort="confirmed")).hits]

    assert ids == [lately.pk, long_ago.pk, never.pk]


def test_among_equals_the_checked_lead_and_the_ended_come_last(db):
    ended = make_organization("Repair", lifecycle="closed")
    stale, plain, checked = (make_organization("Repair") for _ in range(3))
    verify(checked, 2)
    verify(stale, 3000)

    ids = [hit.organization_id for hit in search(Query(words="repair")).hits]

    assert ids == [checked.pk, plain.pk, stale.pk, ended.pk]


def test_broad_words_are_ordered_by_classes_and_still_page_evenly(db, monkeypatch):
    monkeypatch.setattr("directory.search.ranking.CANDIDATES_MAX", 4)
    for number in range(12):
        make_organization(f"Repair{' of things' * (number % 4)}", summary="We repair.")
    make_organization("The Workshop", summary="We repair.")

    def page(number: int) -> list[int]:
        found = search(Query(words="repair", page=number, page_size=3))
        return [hit.organization_id for hit in found.hits]

    ids = [pk for number in range(1, 6) for pk in page(number)]
    assert len(ids) == len({*ids}) == 13
    whole = search(Query(words="repair", page_size=13)).hits
    assert ids == [hit.organization_id for hit in whole]
    assert Organization.objects.get(pk=ids[0]).name == "Repair"
    assert Organization.objects.get(pk=ids[-1]).name == "The Workshop"


def test_verified_only_asks_whether_the_claim_chosen_was_checked(db):
    make_place("us/maryland/takoma-park")
    today = timezone.localdate()
    for code in ("worker-cooperative", "credit-union"):
        make_term(code)

    def claiming(name: str, *claims: dict) -> int:
        return make_organization(name, claims=[{"scheme": "type"} | claim for claim in claims]).pk

    checked = {"code": "credit-union", "asserted_by": "editor", "checked_on": "2020-01-01"}
    fresh = claiming("Fresh", checked | {"valid_until": today.isoformat()})
    claiming("Expired", checked | {"valid_until": "2021-01-01"})
    claiming("Says So", {"code": "credit-union", "asserted_by": "organization"})
    other = claiming("Another", checked | {"code": "worker-cooperative"}, {"code": "credit-union"})
    chosen = {"type": Choice(("credit-union",))}

    def ids(**query) -> set[int]:
        return {hit.organization_id for hit in search(Query(**query)).hits}

    assert ids(verified_only=True) == {fresh, other}
    assert ids(verified_only=True, facets=chosen) == {fresh}
    assert len(ids(facets=chosen)) == 4
    counts = {v.code: v.count for v in search(Query(verified_only=True)).facets["type"]}
    assert counts == {"credit-union": 1, "worker-cooperative": 1}


def test_who_is_in_the_place_named_comes_before_who_is_near_it(db):
    here = make_place("us/maryland/takoma-park")
    make_place("us/maryland/mount-rainier", latitude=38.9415, longitude=-76.9650)
    near = make_organization("Food Co-op", place="us/maryland/mount-rainier")
    there = make_organization("Pantry on the Hill", place=here.path, summary="A food co-op.")
    serving = make_organization(
        "Kitchen of the Valley",
        place="us/maryland/mount-rainier",
        summary="A food co-op.",
        service_areas=[{"kind": "place", "place": here.path}],
    )

    hits = search(Query(words="food co-op", near=HERE)).hits

    ids = [hit.organization_id for hit in hits]
    assert {*ids[:2]} == {there.pk, serving.pk}
    assert ids[2] == near.pk

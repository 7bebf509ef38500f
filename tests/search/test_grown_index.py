"""An index that followed the log answers like one made anew; so do the days and the edges."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from directory.actions import confirmations, organizations
from directory.models import Door, Organization, VerificationLevel
from directory.search import live
from directory.search.engine import clusters, search
from directory.search.query import Box, Choice, Point, Query
from tests.factories import make_organization, make_place, make_term

BY = {"by": None, "door": Door.COMMAND}
MARYLAND = Point(39.0, -76.8, "Maryland", "us/maryland", "US", is_wide=True)


def names(**query) -> list[str]:
    hits = search(Query(page_size=100, **query)).hits
    rows = Organization.objects.in_bulk([hit.organization_id for hit in hits])
    return [rows[hit.organization_id].name for hit in hits]


def anew(**query) -> list[str]:
    live._state = None
    return names(**query)


def verify(organization: Organization, on: datetime.date) -> None:
    level = VerificationLevel.EDITOR_CHECKED
    confirmations.verify(organization, level=level, on=on, **BY)


def test_names_that_only_differ_in_case_are_equals_the_newest_first(db):
    first, second = make_organization("Meadow"), make_organization("meadow")

    for _grown_then_anew in range(2):
        ids = [hit.organization_id for hit in search(Query(sort="name")).hits]
        assert ids == [second.pk, first.pk]
        live._state = None


def test_many_names_added_before_one_another_stay_in_order(db):
    for name in ("A", "B", "C", "Z"):
        make_organization(name)
    names()

    for number in range(60, 0, -1):  # Each just after C: one gap is halved sixty times.
        make_organization(f"M {number:02}")

    assert names(sort="name") == sorted(names(sort="name"))


def test_a_word_that_only_went_with_a_listing_weighs_nothing(db):
    gone = make_organization("Harbour", summary="Unusual.")
    make_organization("Unusally", summary="Meadow.")
    for number in range(6):
        make_organization(f"Meadow {number}", summary="A meadow.")
    names()
    organizations.unpublish(gone, **BY)

    for words in ("unusual meadow", "harbourmeadow", "unusual", "harbour example"):
        assert names(words=words) == anew(words=words)


def test_a_long_name_added_later_does_not_make_short_names_shorter(db):
    for name in ("Harbour Repair", "Repair of Boats", "Repair"):
        make_organization(name)
    names()
    make_organization("Meadow " * 25, summary="Repair.")

    with live.current() as (index, _sequence):
        grown = index.average_name_length
    live._state = None
    with live.current() as (index, _sequence):
        assert grown == index.average_name_length


def test_spelling_takes_the_same_words_from_changes_as_from_the_base(db):
    make_organization("Cat")
    names()
    make_organization("Cot")

    assert names(words="cit") == anew(words="cit")


def test_a_very_long_word_added_later_is_no_trouble(db):
    make_organization("Meadow")
    names()
    make_organization("Arbeiterinnenselbstverwaltungsgen")

    assert names(words="rabeiterinnenselbstverwaltungsge") == ["Arbeiterinnenselbstverwaltungsgen"]


def test_a_check_grows_old_at_midnight(db):
    today = timezone.localdate()
    checked = make_organization("Repair")
    verify(checked, today - datetime.timedelta(days=365))
    plain = make_organization("Repair")

    def ids() -> list[int]:
        return [hit.organization_id for hit in search(Query(words="repair")).hits]

    midnight = datetime.datetime.combine(today, datetime.time(), tzinfo=datetime.UTC)
    with time_machine.travel(midnight + datetime.timedelta(hours=23, minutes=59), tick=False):
        assert ids() == [checked.pk, plain.pk]
    with time_machine.travel(midnight + datetime.timedelta(days=1), tick=False):
        assert ids() == [plain.pk, checked.pk]


def test_a_check_holds_on_its_last_day_and_no_longer(db):
    make_place("us/maryland/takoma-park")
    make_term("credit-union")
    until = timezone.localdate()
    claim = {"scheme": "type", "code": "credit-union", "asserted_by": "editor"}
    claim |= {"checked_on": "2020-01-01", "valid_until": until.isoformat()}
    make_organization("Savings", claims=[claim])
    chosen = {"verified_only": True, "facets": {"type": Choice(("credit-union",))}}

    midnight = datetime.datetime.combine(until, datetime.time(), tzinfo=datetime.UTC)
    with time_machine.travel(midnight + datetime.timedelta(hours=23, minutes=59), tick=False):
        assert names(**chosen) == names(verified_only=True) == ["Savings"]
    with time_machine.travel(midnight + datetime.timedelta(days=1), tick=False):
        assert names(**chosen) == names(verified_only=True) == []


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_confirmation_counts_for_its_own_day_in_every_time_zone(db, settings, zone):
    settings.TIME_ZONE = zone
    day = datetime.date(2026, 1, 15)
    verify(make_organization("Repair"), day)

    assert names(confirmed_after=day) == ["Repair"]
    assert names(confirmed_after=day + datetime.timedelta(days=1)) == []


def test_counts_of_terms_say_what_choosing_them_finds_among_the_checked(db):
    make_place("us/maryland/takoma-park")
    for scheme, code in (("type", "credit-union"), ("type", "land-trust"), ("value", "care")):
        make_term(code, scheme=scheme)
    checked = {"asserted_by": "editor", "checked_on": "2020-01-01"}
    care = {"scheme": "value", "code": "care"}
    make_organization(claims=[{"scheme": "type", "code": "land-trust"} | checked, care])
    make_organization(claims=[{"scheme": "type", "code": "credit-union"} | checked, care | checked])
    chosen = {"value": Choice(("care",)), "type": Choice(("credit-union",))}

    counts = search(Query(verified_only=True, facets=chosen)).facets["type"]

    said = {value.code: value.count for value in counts}
    assert (said["credit-union"], said["land-trust"]) == (1, 0)
    for value in counts:
        one = chosen | {"type": Choice((value.code,))}
        assert search(Query(verified_only=True, facets=one)).total == value.count


def test_a_box_nearly_around_the_world_counts_every_listing_once(db):
    for longitude in range(-175, 180, 10):
        make_organization(place=None, locations=[{"latitude": 10.0, "longitude": longitude}])
    box = Box(10.0, -60.0, 9.0, 60.0)

    found = clusters(Query(), box, 0)

    assert sum(cluster.count for cluster in found) == search(Query(box=box)).total == 36


def test_in_a_region_is_all_that_lies_in_it_and_nothing_near_its_middle_at_no_distance(db):
    make_place("us/maryland/takoma-park")
    for name, path, longitude in (
        ("In its west", "us/maryland", -79.4),
        ("In its middle", "us/maryland", -76.9),
        ("Across the river", "us", -76.8),
    ):
        location = {"place": path, "latitude": 39.0, "longitude": longitude}
        make_organization(name, place=None, locations=[location])
    query = {"near": MARYLAND, "radius_km": 50.0, "sort": "distance"}

    found = search(Query(**query))

    assert {*names(**query)} == {"In its west", "In its middle"}
    assert [(hit.where, hit.distance_km) for hit in found.hits] == [("located", None)] * 2
    assert (found.sort, found.advice.wider_km) == ("relevance", None)


def test_who_serves_from_elsewhere_comes_after_who_is_there_the_nearest_first_of_a_region(db):
    make_place("us/maryland/takoma-park")
    region, country = {"kind": "place", "place": "us/maryland"}, {"kind": "country"}
    for name, longitude, area in (
        ("Of the world", -78.0, {"kind": "online"}),
        ("Of the country", -79.0, country | {"country": "US"}),
        ("Far", -90.0, region),
        ("Nearer", -80.0, region),
        ("There", -77.0, region),
    ):
        spot = {"latitude": 38.98, "longitude": longitude}
        make_organization(name, place=None, locations=[spot], service_areas=[area])
    near = Point(38.98, -77.0, "Takoma Park", "us/maryland/takoma-park", "US")

    in_order = ["There", "Nearer", "Far", "Of the country", "Of the world"]
    assert names(near=near, sort="distance") == in_order


def test_a_listing_without_a_point_is_found_and_counted_but_on_no_map(db):
    make_organization("Hidden", locations=[{"place": "us/maryland", "precision": "hidden"}])
    make_organization("Online", place=None, service_areas=[{"kind": "online"}])
    make_organization("Shown")

    found = search(Query())

    assert (found.total, found.without_point) == (3, 2)
    assert sum(cluster.count for cluster in clusters(Query(), Box(-180, -90, 180, 90), 3)) == 1
    assert {value.code: value.count for value in found.facets["place"]} == {"us": 1}


def test_who_serves_a_region_serves_the_towns_in_it(db):
    make_place("us/maryland/takoma-park")
    area = {"kind": "place", "place": "us/maryland"}
    make_organization("Regional", place=None, service_areas=[area])

    assert names(serves="us/maryland/takoma-park") == ["Regional"]
    assert names(serves="us/maryland") == ["Regional"]
    assert names(serves="us") == []


def test_a_circle_across_the_antimeridian_serves_both_sides(db):
    circle = {"kind": "radius", "latitude": -17.0, "longitude": 179.9, "radius_km": 100}
    make_organization("Ferry", place=None, service_areas=[circle])

    for longitude in (179.5, -179.9):
        assert names(near=Point(-17.0, longitude, "here"), radius_km=1.0) == ["Ferry"]
    assert names(near=Point(-17.0, -178.0, "here"), radius_km=1.0) == []

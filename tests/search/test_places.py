import pytest

from directory.models import Place
from directory.search.filters import OrganizationFilter
from directory.search.places import find_places, nearest_town
from tests.factories import make_place


@pytest.fixture
def atlas(db):
    make_place(
        "us/district-of-columbia/washington", population=690_000, names=("DC", "Washington DC")
    )
    Place.objects.filter(path="us/district-of-columbia").update(code="DC")
    make_place("us/washington/seattle", population=730_000)
    make_place("us/pennsylvania/washington", population=13_000)
    make_place("us/texas/paris", population=25_000)
    Place.objects.filter(path="us/texas").update(code="TX")
    make_place("fr/ile-de-france/paris", population=2_100_000, latitude=48.85, longitude=2.35,
               names=("Parigi", "Париж"))  # fmt: skip
    make_place("ar/cordoba/cordoba", population=1_400_000, latitude=-31.4, longitude=-64.2,
               names=("Córdoba",))  # fmt: skip
    make_place("es/andalusia/cordoba", population=320_000, latitude=37.9, longitude=-4.8,
               names=("Córdoba", "Cordova"))  # fmt: skip
    make_place("us/missouri/st-louis", population=300_000, names=("St. Louis", "Saint Louis"))
    Place.objects.filter(path="ar").update(name="Argentina")
    Place.objects.get(path="ar").names.update(name="Argentina", folded="argentina")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("Paris", "fr/ile-de-france/paris"),
        ("PARIGI", "fr/ile-de-france/paris"),
        ("париж", "fr/ile-de-france/paris"),
        ("Paris, Texas", "us/texas/paris"),
        ("Paris,TX", "us/texas/paris"),
        ("Paris Texas", "us/texas/paris"),
        ("Paris, United States", "us/texas/paris"),
        ("Washington", "us/district-of-columbia/washington"),
        ("Washington, DC", "us/district-of-columbia/washington"),
        ("Washington,DC", "us/district-of-columbia/washington"),
        ("Washington, Pennsylvania", "us/pennsylvania/washington"),
        ("Córdoba", "ar/cordoba/cordoba"),
        ("cordoba", "ar/cordoba/cordoba"),
        ("Cordoba, es", "es/andalusia/cordoba"),
        ("Córdoba, Argentina", "ar/cordoba/cordoba"),
        ("st louis", "us/missouri/st-louis"),
        ("Saint-Louis", "us/missouri/st-louis"),
        ("St.Louis", "us/missouri/st-louis"),
        ("Seatt", "us/washington/seattle"),
    ],
)
def test_a_place_is_found_by_what_people_call_it(atlas, typed, path):
    assert find_places(typed)[0].path == path


@pytest.mark.parametrize("typed", ["", " ", ",", ",,", "Paris, Uruguay", "Xyzzyville", "%", "_"])
def test_what_is_no_place_finds_none(atlas, typed):
    assert find_places(typed) == []


def test_other_towns_of_the_name_are_offered_and_the_largest_is_taken(atlas):
    filters = OrganizationFilter({"near": "Córdoba"})

    assert filters.query.near.place_path == "ar/cordoba/cordoba"
    assert [place.path for place in filters.near_choices] == ["es/andalusia/cordoba"]
    assert OrganizationFilter({"near": "Córdoba, Argentina"}).near_choices == []


def test_a_city_and_the_region_it_names_are_no_choice_of_two(atlas):
    make_place("us/new-york/new-york", population=8_800_000)

    assert OrganizationFilter({"near": "New York"}).near_choices == []


def test_a_path_names_its_place(atlas):
    assert OrganizationFilter({"near": "us/texas/paris"}).query.near.label == "Paris"


def test_a_point_knows_its_nearest_town(atlas):
    point = OrganizationFilter({"near": "48.9, 2.4"}).query.near

    assert (point.place_path, point.country_code) == ("fr/ile-de-france/paris", "FR")
    assert nearest_town(0.0, -150.0) is None


def test_the_nearest_town_may_lie_across_the_antimeridian(db):
    make_place("fj/northern/taveuni", latitude=-16.9, longitude=-179.9)

    assert nearest_town(-16.9, 179.9).path == "fj/northern/taveuni"


@pytest.mark.django_db
def test_the_place_of_the_name_comes_before_a_larger_one_that_was_once_called_so():
    make_place("mx/baja-california/tijuana", population=1_800_000, names=("Zaragoza",))
    make_place("es/aragon/zaragoza", population=670_000)

    assert [place.name for place in find_places("zaragoza")] == ["Zaragoza", "Tijuana"]


def test_a_name_with_endless_regions_is_refused_at_its_field_at_no_cost(
    atlas, django_assert_max_num_queries
):
    endless = "Paris" + ",us" * 100

    with django_assert_max_num_queries(0):
        assert find_places(endless) == []
    for parameter in ("near", "serves"):
        filters = OrganizationFilter({parameter: endless})
        assert list(filters.errors) == [parameter]


def test_a_name_of_endless_words_is_looked_up_a_few_times_only(
    atlas, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        assert find_places("of " * 80) == []
    assert find_places("Washington District Of Columbia")[0].path.startswith("us/district")


def test_three_regions_after_a_name_are_taken(atlas):
    assert find_places("Paris, Texas, TX, us")[0].path == "us/texas/paris"


@pytest.mark.django_db
def test_a_town_with_a_slip_of_the_pen_is_still_found():
    make_place("us/district-of-columbia/washington", population=690_000)

    filters = OrganizationFilter({"near": "washingon"})

    assert filters.is_valid()
    assert filters.query.near.label == "Washington"


@pytest.mark.django_db
def test_a_town_of_a_name_that_others_have_is_told_apart():
    make_place("us/virginia/alexandria", population=160_000)
    make_place("eg/alexandria/alexandria", population=4_000_000)

    filters = OrganizationFilter({"near": "Alexandria"})

    assert filters.query.near.label == "Alexandria, Egypt"
    assert [place.path for place in filters.near_choices] == ["us/virginia/alexandria"]

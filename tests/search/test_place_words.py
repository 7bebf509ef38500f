"""Places among the words of a query: taken for what they are, and never at the cost of a name."""

import pytest

from directory.models import Place
from directory.search.filters import OrganizationFilter
from directory.search.words import fold
from tests.factories import make_organization, make_place, make_term

TAKOMA, LYON = "us/maryland/takoma-park", "fr/auvergne-rhone-alpes/lyon"


@pytest.fixture
def towns(db):
    make_term("bakery", scheme="sector", labels={"en": "Bakery", "fr": "Boulangerie"})
    make_place(TAKOMA)
    make_place("us/washington/seattle", latitude=47.6, longitude=-122.3, population=730_000)
    make_place("us/alabama/mobile", latitude=30.7, longitude=-88.0, population=180_000)
    make_place("us/iowa/union", latitude=42.2, longitude=-93.0, population=40_000)
    make_place(LYON, latitude=45.75, longitude=4.85, population=520_000)
    make_place("ar/cordoba/cordoba", latitude=-31.4, longitude=-64.2, population=2_100_000)
    make_place("es/andalusia/cordoba", latitude=37.9, longitude=-4.8, population=320_000)
    Place.objects.filter(path="us/maryland").update(code="MD")
    for path, *names in (
        ("fr", "Francia", "França"),
        ("es", "Espagne", "Spain"),
    ):
        place = Place.objects.get(path=path)
        for name in names:
            place.names.create(name=name, folded=fold(name), population=place.population)
    make_organization("Example Food Co-op", place=TAKOMA)
    make_organization("Example Savings Credit Union", place="us/washington/seattle")
    make_organization("Example Fournil", sectors=("bakery",), place=LYON)


def read(q: str, **given: str) -> tuple[str, str] | None:
    """The words that are left and the path of the place; None where nothing is taken for one."""
    filters = OrganizationFilter({"q": q} | given)
    assert filters.is_valid(), filters.errors
    reading = filters.reading
    return (reading.words, reading.origin.place.path) if reading else None


@pytest.mark.parametrize(
    ("typed", "words", "path"),
    [
        ("food co-op takoma park", "food co-op", TAKOMA),
        ("takoma park food co-op", "food co-op", TAKOMA),
        ("FOOD CO-OP, Takoma Park, MD", "FOOD CO-OP", TAKOMA),
        ("food co-op in Takoma Park Maryland", "food co-op", TAKOMA),
        ("boulangerie à lyon", "boulangerie", LYON),
        ("boulangerie près de Lyon", "boulangerie", LYON),
        ("panadería cerca de Lyon", "panadería", LYON),
        ("padaria em Lyon", "padaria", LYON),
        ("boulangerie francia", "boulangerie", "fr"),
        ("boulangerie em frança", "boulangerie", "fr"),
        ("food maryland", "food", "us/maryland"),
        ("Lyon", "", LYON),
        ("-bank food co-op seattle", "-bank food co-op", "us/washington/seattle"),
    ],
)
def test_a_place_among_the_words_is_understood(towns, typed, words, path):
    assert read(typed) == (words, path)


@pytest.mark.parametrize(
    "typed",
    [
        "park",
        "food",
        "union",  # A word that a listing elsewhere is called by.
        '"takoma park" food',
        'food "takoma park"',
        "food -seattle",
        "in",
        "",
    ],
)
def test_what_is_likelier_a_word_stays_one(towns, typed):
    assert read(typed) is None


def test_a_place_that_the_person_gave_is_kept(towns):
    assert read("food takoma park", near="Seattle") is None
    assert read("food takoma park", bbox="-78,38,-76,40") is None
    filters = OrganizationFilter({"q": "food takoma park", "near": "Seattle"})
    assert (filters.query.words, filters.query.near.label) == ("food takoma park", "Seattle")


def test_all_words_are_words_where_that_is_asked_for(towns):
    assert read("food takoma park", words_only="1") is None


def test_a_name_typed_in_full_stays_a_name_and_comes_first(towns, names):
    make_organization("Takoma Park Silver Spring Co-op", place="us/washington/seattle")
    make_organization("Silver Spring Co-op", place=TAKOMA)

    assert read("Takoma Park Silver Spring Co-op") is None
    assert names("q=Takoma+Park+Silver+Spring+Co-op")[0] == "Takoma Park Silver Spring Co-op"


@pytest.mark.parametrize(
    "typed", ["Seattle Credit Union", "seattle credit unoin", "seattle credit"]
)
def test_a_name_with_a_town_in_it_is_a_name_also_if_misspelt_or_half_typed(towns, names, typed):
    make_organization("Seattle Credit Union", place="us/iowa/union")

    assert read(typed) is None
    assert names(f"q={typed}")[0] == "Seattle Credit Union"


def test_a_word_that_listings_elsewhere_use_is_no_place_unless_in_leads_to_it(towns):
    make_organization("Mobile Repair", place=TAKOMA)
    make_organization("Example Workshop", place=TAKOMA, summary="Mobile work and repair.")

    assert read("mobile workshop") is None
    make_organization("Gulf Workshop", place="us/alabama/mobile")
    assert read("workshop in mobile") == ("workshop", "us/alabama/mobile")


def test_a_place_never_turns_hits_into_none(towns, names):
    make_organization("Example Loom", place=TAKOMA, summary="We weave for Seattle.")

    assert read("loom weave seattle") is None
    assert names("q=loom+weave+seattle") == ["Example Loom"]
    # Nothing has all the words: nothing there is the better answer, and the page leads on.
    assert read("loom lyon") == ("loom", LYON)


def test_the_place_narrows_the_search_and_those_who_serve_it_stay(towns, names):
    make_organization("Example Bread Online", place=None, service_areas=[{"kind": "online"}])
    make_organization("Example Bread", place="us/washington/seattle")

    assert names("q=bread+in+seattle") == ["Example Bread", "Example Bread Online"]
    assert names("q=bread+in+lyon") == ["Example Bread Online"]


def test_of_several_places_the_one_with_listings_is_taken_and_the_others_are_choices(towns):
    filters = OrganizationFilter({"q": "cooperativas en córdoba"})
    assert filters.reading.origin.place.path == "ar/cordoba/cordoba"

    make_organization("Example Huerta", place="es/andalusia/cordoba")

    filters = OrganizationFilter({"q": "cooperativas en córdoba"})
    assert filters.query.near.label == "Cordoba, Spain"
    assert [place.path for place in filters.near_choices] == ["ar/cordoba/cordoba"]


def test_looking_for_places_takes_two_small_queries(towns, django_assert_max_num_queries):
    read("food")
    filters = OrganizationFilter({"q": "one two three four five six seven eight in takoma park"})

    with django_assert_max_num_queries(5):  # Vocabulary and log, names, places; terms' own none.
        assert filters.reading is not None


@pytest.mark.parametrize(
    "typed", ["Seattle Bread school", "new Seattle Bread", "bread seattle gogo"]
)
def test_a_whole_name_with_a_word_too_many_stays_a_name(towns, names, typed):
    make_organization("Seattle Bread", place=TAKOMA)
    make_organization("Example Cakes", place="us/washington/seattle", summary="A school of bread.")

    assert read(typed) is None
    assert names(f"q={typed.replace(' ', '+')}")[0] == "Seattle Bread"


@pytest.fixture
def portlands(db):
    make_place("us/oregon/portland", latitude=45.5, longitude=-122.7, population=650_000)
    make_place("us/maine/portland", latitude=43.7, longitude=-70.3, population=67_000)
    make_place("ve/carabobo/valencia", latitude=10.2, longitude=-68.0, population=1_600_000)
    make_place("es/valencia/valencia", latitude=39.5, longitude=-0.4, population=800_000)


@pytest.mark.parametrize(
    ("name", "path"),
    [("Portland", "us/oregon/portland"), ("Valencia", "es/valencia/valencia")],
)
def test_a_name_means_the_same_place_at_where_and_among_the_words(portlands, name, path):
    """Nearly as large a one with listings is taken; a tenth as large a one is not."""
    make_organization("Example Garden", place="us/maine/portland")
    make_organization("Example Huerta", place="es/valencia/valencia")

    assert OrganizationFilter({"near": name}).query.near.place_path == path
    assert read(f"gardens in {name}")[1] == path


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("credit union near me", "credit union"),
        ("Credit Union NEAR ME", "Credit Union"),
        ("cooperativa cerca de mí", "cooperativa"),
        ("padaria perto de mim", "padaria"),
        ("boulangerie près de chez moi", "boulangerie"),
        ("near me bakery", "bakery"),
    ],
)
def test_near_me_is_no_place_and_no_words(db, typed, words):
    make_place("us/maine/portland", population=67_000)
    make_place("gh/ahafo/mim", population=30_000)
    filters = OrganizationFilter({"q": typed})

    assert filters.asks_here
    assert filters.reading is None
    assert filters.query.words == words
    assert OrganizationFilter({"q": typed, "words_only": "1"}).query.words == typed


def test_a_short_word_is_a_place_only_where_it_is_written_as_a_code(towns):
    Place.objects.get(path="us/maryland").names.create(name="ME", folded="me", population=1)

    assert read("credit union, ME") == ("credit union", "us/maryland")
    assert read("food in ME") == ("food", "us/maryland")
    assert read("credit union me") is None
    assert read("FEED ME") is None


def test_a_single_word_must_be_the_name_that_a_small_town_goes_by(towns):
    make_place("us/north-carolina/eden", population=15_000, names=("Spray",))
    make_place("pt/lisbon/lisbon", latitude=38.7, population=517_000, names=("Lisboa",))
    make_organization("Example Oceans")

    assert read("ocean spray") is None
    assert read("food lisboa") == ("food", "pt/lisbon/lisbon")


def test_words_are_kept_where_the_place_would_only_have_what_serves_it_from_afar(towns):
    """And the place is offered."""
    make_place("mx/veracruz/alvarado", latitude=18.8, longitude=-95.8, population=22_000)
    make_organization("Example Online", place=None, service_areas=[{"kind": "online"}])
    make_organization("Example Street Bread", sectors=("bakery",), place=LYON)

    filters = OrganizationFilter({"q": "Alvarado Street Bakery"})

    assert filters.reading is None
    assert filters.offered_reading.origin.place.path == "mx/veracruz/alvarado"
    assert filters.offered_reading.words == "Street Bakery"


def test_a_town_without_what_is_sought_stays_the_town_that_in_leads_to(towns):
    make_organization("Example Takoma Park Bread", sectors=("bakery",), place=LYON)

    assert read("bakery in takoma park") == ("bakery", TAKOMA)


def test_a_slip_of_the_pen_turns_no_place_into_a_word(towns):
    make_organization("Example Cooks of Seattle", place="us/washington/seattle")
    make_organization("Example Shelf", place=TAKOMA, summary="Books.")

    assert read("books seattle") == ("books", "us/washington/seattle")

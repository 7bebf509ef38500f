import pytest

from directory.models import Place
from directory.search.engine import suggest
from tests.factories import make_organization, make_place, make_term


def labels(text: str, language: str = "en", **given) -> list[tuple[str, str]]:
    return [(found.kind, found.label) for found in suggest(text, language, **given)]


@pytest.fixture
def things(db):
    make_term(
        "credit-union",
        labels={"en": "Credit union", "es": "Cooperativa de ahorro"},
        synonyms={"es": ["caja popular"]},
    )
    make_organization("Cedar Savings", types=("credit-union",), place="us/iowa/cedar-rapids")
    make_organization("Red Cedar Press", types=("credit-union",), place="us/iowa/cedar-rapids")
    make_organization("Cedar Secret", published=False)


def test_listings_and_places_complete_what_is_typed(things):
    assert labels("ceda") == [
        ("organization", "Cedar Savings"),
        ("organization", "Red Cedar Press"),
        ("place", "Cedar Rapids"),
    ]


def test_the_last_word_is_a_beginning_and_the_others_are_whole(things):
    assert labels("cedar sav") == [("organization", "Cedar Savings")]
    assert labels("ced savings") == []


@pytest.mark.parametrize(
    ("typed", "language", "label"),
    [
        ("cred", "en", "Credit union"),
        ("credit un", "en", "Credit union"),
        ("caja", "en", "Credit union"),
        ("caja", "es", "Cooperativa de ahorro"),
        ("ahorr", "es", "Cooperativa de ahorro"),
    ],
)
def test_a_term_is_found_in_any_language_and_shown_in_the_one_asked_for(
    things, typed, language, label
):
    found = suggest(typed, language, kinds=("term",))[0]

    assert (found.label, found.scheme, found.code) == (label, "type", "credit-union")


def test_every_suggestion_says_what_it_is_and_where_it_leads(things):
    organization, place = suggest("cedar", "en", limit=8, kinds=("organization", "place"))[::2]

    assert (organization.hint, organization.slug) == ("Credit union", "cedar-savings")
    assert (place.hint, place.slug) == ("Iowa, United States", "us/iowa/cedar-rapids")


def test_no_more_than_asked_for_with_a_share_for_each_kind(things):
    for number in range(10):
        make_organization(f"Cedar Group {number}")

    found = labels("cedar", limit=4)

    assert len(found) == 4
    assert {kind for kind, _label in found} == {"organization", "place"}
    assert labels("cedar", limit=0) == []


def test_places_are_completed_in_any_name_and_with_their_region(db):
    make_place("us/maryland/takoma-park", names=("Такома-Парк",))

    assert labels("tako", kinds=("place",)) == [("place", "Takoma Park")]
    assert labels("такома", kinds=("place",)) == [("place", "Takoma Park")]
    assert labels("takoma park, mary", kinds=("place",)) in ([], [("place", "Takoma Park")])
    assert labels("takoma, maryland", kinds=("place",)) == [("place", "Takoma Park")]


def test_places_shown_by_a_name_that_begins_so_come_before_larger_ones_that_are_not(db):
    make_place("pl/mazovia/warsaw", population=1_700_000, names=("Parvarsovia",))
    make_place("fr/ile-de-france/parthenay", population=10_000)
    make_place("gr/south-aegean/kos", population=19_000, names=("Coo",))
    make_place("co/cauca/coocoo", population=10_000)
    make_place("us/florida/coral", population=120_000, names=("Coo",))

    found = suggest("par", "en", kinds=("place",))
    assert [(place.label, place.other_name) for place in found] == [
        ("Parthenay", ""),
        ("Warsaw", "Parvarsovia"),
    ]
    # Of exactly this name: the well-known one first, the small one that is shown by another last.
    found = suggest("coo", "en", kinds=("place",))
    assert [(place.label, place.other_name) for place in found] == [
        ("Coral", "Coo"),
        ("Coocoo", ""),
        ("Kos", "Coo"),
    ]


def test_a_country_is_found_by_its_name_in_the_language_of_the_page(db):
    make_place("de/berlin/berlin", names=())
    Place.objects.get(path="de").names.create(name="Alemania", folded="alemania")

    assert suggest("alem", "es", kinds=("place",))[0].other_name == ""
    found = suggest("alem", "en", kinds=("place",))[0]
    assert (found.label, found.other_name) == ("Germany", "Alemania")

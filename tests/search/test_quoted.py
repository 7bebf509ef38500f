from urllib.parse import quote

import pytest

from tests.factories import make_organization, make_place

pytestmark = pytest.mark.django_db
PHRASE = '"open space"'


@pytest.fixture
def few_texts_are_read(settings):
    settings.QUOTED_TEXTS_MAX = settings.QUOTED_NAMES_MAX = 2


def make_rooms(count: int, text: str, **fields) -> None:
    for number in range(count):
        make_organization(f"Room {number}", summary=text, **fields)


def test_where_not_all_texts_can_be_read_page_and_api_say_so(client, few_texts_are_read):
    make_rooms(4, "An open space.")

    answer = client.get("/api/v1/organizations/", {"q": PHRASE}).json()
    page = client.get("/organizations/", {"q": PHRASE}).content.decode()

    assert (answer["count"], answer["texts_read"]) == (2, 2)
    assert "only the texts of the 2 best listings were looked through" in page


def test_texts_of_those_that_meet_the_filters_are_read_first(found, few_texts_are_read):
    make_place("us/maryland/laurel")
    make_rooms(3, "An open space.")
    make_rooms(2, "Space that is open, and open space.", place="us/maryland/laurel")

    result = found(f"q={quote(PHRASE)}&place=us/maryland/laurel")

    assert result.total == 2


def test_of_too_many_texts_those_of_the_best_listings_are_read(names, few_texts_are_read):
    make_rooms(3, "Bread. An open space.")
    make_organization("Bread", summary="An open space.")

    assert "Bread" in names(f"q={quote('bread ' + PHRASE)}")


def test_nothing_is_said_where_all_texts_were_read(client):
    make_rooms(2, "An open space.")

    answer = client.get("/api/v1/organizations/", {"q": PHRASE}).json()

    assert answer["count"] == 2
    assert "texts_read" not in answer


def test_what_is_left_out_and_could_not_be_read_is_not_shown(found, few_texts_are_read):
    make_rooms(4, "Space that is open.")
    make_organization("Room of Its Own")

    result = found(f"q={quote('room -' + PHRASE)}")

    assert (result.total, result.advice.texts_read) == (3, 2)


def test_a_misspelt_phrase_leads_to_the_one_that_was_meant(client, found):
    make_organization("Harbour Credit Union")
    make_organization("Credit for All")

    for typed in ('"credti union"', "“credti union”"):
        advice = found(f"q={quote(typed)}").advice
        assert typed.replace("credti", "credit") in [words for words, _count in advice.spellings]
        assert advice.corrected == ()

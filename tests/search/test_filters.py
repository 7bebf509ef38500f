import datetime
from urllib.parse import quote, urlencode

import pytest
from django.http import QueryDict

from directory.search.engine import clusters, search, suggest
from directory.search.filters import OrganizationFilter
from directory.search.query import Box, Choice
from tests.factories import make_organization, make_place, make_term

LONG = "a" * 201
WRONG = [
    ("q", LONG),
    ("q", "nul\x00here"),
    ("q", "\ud800"),
    ("q", "right\u202eleft"),
    ("type", "no-such-type"),
    ("type", "worker-cooperative,credit-union"),
    ("type", "--worker-cooperative"),
    ("value", "\x00"),
    ("place", "us/nowhere"),
    ("place", "../../etc/passwd"),
    ("near", "Xyzzyville"),
    ("near", "91,0"),
    ("near", "0,181"),
    ("near", "NaN,inf"),
    ("near", "٣٨,٧٧"),
    ("radius", "0"),
    ("radius", "-1"),
    ("radius", "501"),
    ("radius", "1e2"),
    ("radius", "1e400"),
    ("radius", "inf"),
    ("radius", "nan"),
    ("radius", "٢٥"),
    ("radius", "1_0"),
    ("radius", "0x10"),
    ("bbox", "1,2,3"),
    ("bbox", "1,2,3,4,5"),
    ("bbox", "0,10,10,0"),
    ("bbox", "0,0,nan,1"),
    ("bbox", "0,0,inf,1"),
    ("bbox", "-181,0,0,1"),
    ("bbox", "0,-91,0,1"),
    ("bbox", "a,b,c,d"),
    ("serves", "Xyzzyville"),
    ("verified_only", "yes"),
    ("open_now", "2"),
    ("confirmed_after", "0000-00-00"),
    ("confirmed_after", "2026-02-30"),
    ("confirmed_after", "٢٠٢٦-٠١-٠١"),
    ("confirmed_after", "17.5.2026"),
    ("lifecycle", "undead"),
    ("language", "english"),
    ("verification", "3"),
    ("source", "nobody"),
    ("sort", "__class__"),
    ("page", "0"),
    ("page", "-1"),
    ("page", "1.5"),
    ("page", "٣"),
    ("page", "10000000000000000000"),
    ("page", "9" * 5000),
    ("page_size", "101"),
    ("page_size", "0"),
]


@pytest.mark.parametrize(("parameter", "value"), WRONG)
def test_a_wrong_value_is_told_under_its_parameter(db, parameter, value):
    make_term()
    make_term("credit-union")

    wrong = OrganizationFilter({parameter: value}).errors

    assert list(wrong) == [parameter]
    assert all(sentence.strip().endswith(".") or "…" in sentence for sentence in wrong[parameter])
    assert max(map(len, wrong[parameter])) < 600
    "".join(wrong[parameter]).encode()  # Can be sent to a reader.


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "%", "_", "\\", "'", '"', "`", ";", "--", "-", '""', '-""', "{{7*7}}", "${7*7}",
        "../", "\u200d", "\ufb01", "🧑‍🌾", "ａｂｃ", "ａ" * 100, "e" + "\u0301" * 150, "1e400",
        "NOT OR AND", "a-", "co-", "co op co-op", "OR", "*", "a*", "((", "东", "ﷺ", "İ", "ß" * 200,
        "a " * 99, "-a -b -c", '"a', '-"', "٣", "x" * 200,
    ],
)  # fmt: skip
def test_any_text_that_can_be_typed_can_be_searched_for(db, value):
    make_organization("Harbour Repair Café")

    for parameter in ("q", "near"):
        filters = OrganizationFilter({parameter: value})
        if filters.is_valid():
            assert search(filters.query).total >= 0
    suggest(value, "en")


def test_an_unknown_parameter_is_an_error_under_its_own_name(errors):
    wrong = errors("qq=bread&field=password__startswith&lang=xx")

    assert list(wrong) == ["qq", "field"]
    assert "page_size" in wrong["qq"][0]


def test_a_thousand_unknown_parameters_are_told_in_short(errors):
    assert len(errors(urlencode({f"p{n}": n for n in range(1000)}))) == 20


def test_a_parameter_of_one_value_given_twice_is_an_error(errors):
    assert list(errors("q=bread&q=cheese&page=1&page=2")) == ["q", "page"]


def test_pages_end_at_the_window_of_results(errors):
    assert errors("page=100&page_size=100") == {}
    assert list(errors("page=101&page_size=100")) == ["page"]


def test_a_page_after_the_last_is_empty_and_no_error(found):
    make_organization()

    assert found("page=7").hits == ()
    assert found("page=7").pages == 1


def test_parameters_become_one_query(db):
    make_term()
    make_term("credit-union")
    make_place()
    address = (
        "q=bread&type=worker-cooperative&type=-credit-union&place=us/maryland&near=Takoma Park"
        "&radius=2.5&bbox=170,-10,-170,10&serves=us&verified_only=true&confirmed_after=2026-01-31"
        "&open_now=on&sort=confirmed&page=2&page_size=50"
    )

    filters = OrganizationFilter(QueryDict(address))

    assert filters.errors == {}
    query = filters.query
    assert (query.words, query.radius_km, query.serves) == ("bread", 2.5, "us")
    assert query.facets["type"] == Choice(("worker-cooperative",), ("credit-union",))
    assert query.facets["place"] == Choice(("us/maryland",))
    assert query.near.place_path == "us/maryland/takoma-park"
    assert query.box == Box(170, -10, -170, 10)
    assert query.verified_only
    assert query.open_now
    assert query.confirmed_after == datetime.date(2026, 1, 31)
    assert (query.sort, query.page, query.page_size) == ("confirmed", 2, 50)


def test_empty_parameters_of_a_form_ask_for_nothing(db):
    filters = OrganizationFilter(QueryDict("q=&near=&radius=&type=&open_now=&page=&sort="))

    assert filters.is_valid()
    assert filters.query == OrganizationFilter({}).query
    assert filters.chips == []


def test_what_is_chosen_is_told_in_words_and_in_order(db):
    make_term()
    make_place()
    address = "q=bread&type=-worker-cooperative&near=Takoma Park&radius=10&language=es&open_now=1"

    assert OrganizationFilter(QueryDict(address)).chips == [
        ("q", "bread", "“bread”"),
        ("type", "-worker-cooperative", "Not: Worker cooperative"),
        ("near", "Takoma Park", "Near Takoma Park"),
        ("radius", "10", "Within 10 km"),
        ("language", "es", "Spanish"),
        ("open_now", "1", "Open now"),
    ]


def test_a_wrong_parameter_shows_nothing_rather_than_everything(db):
    assert OrganizationFilter(QueryDict("page=1")).is_valid()
    assert not OrganizationFilter(QueryDict("page=x")).is_valid()
    with pytest.raises(ValueError, match="not valid"):
        _ = OrganizationFilter(QueryDict("page=x")).query


def test_every_parameter_can_be_percent_encoded_garbage(db):
    make_organization()
    for name in OrganizationFilter.base_filters:
        for garbage in ("%FF", "%C0%AF", "%00", quote("\u2066x"), "%ED%A0%80"):
            filters = OrganizationFilter(QueryDict(f"{name}={garbage}"))
            if filters.is_valid():
                search(filters.query)
                clusters(filters.query, Box(-180, -90, 180, 90), 0)

"""A document that cannot be accepted says where it is wrong and what would be right."""

import pytest

from directory.documents import InvalidDocument, validate
from tests.factories import make_document, make_term

pytestmark = pytest.mark.django_db

LOCATION = {"country": "US"}


def pointers(**fields) -> list[str]:
    with pytest.raises(InvalidDocument) as raised:
        validate(make_document() | fields)
    return [problem.pointer for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": None}, "/name"),
        ({"name": 7}, "/name"),
        ({"name": "x" * 201}, "/name"),
        ({"name": "zero\x00byte"}, "/name"),
        ({"name": "lone \ud800 surrogate"}, "/name"),
        ({"name": "turned \u202e round"}, "/name"),
        ({"name": "two\nlines"}, "/name"),
        ({"nmae": "typo"}, "/nmae"),
        ({"a/b~c": 1}, "/a~1b~0c"),
        ({"language": "english"}, "/language"),
        ({"lifecycle": "asleep"}, "/lifecycle"),
        ({"founded": "2026-02-30"}, "/founded"),
        ({"founded": "٢٠٢٠"}, "/founded"),
        ({"founded": "2020", "closed": "2019"}, "/closed"),
        ({"website": "javascript:alert(1)"}, "/website"),
        ({"website": "http://user:secret@example.org/"}, "/website"),
        ({"website": "http://localhost/"}, "/website"),
        ({"website": "http://127.0.0.1/"}, "/website"),
        ({"email": "nobody"}, "/email"),
        ({"phone": "555"}, "/phone"),
        ({"members_count": -1}, "/members_count"),
        ({"members_count": 10**30}, "/members_count"),
        ({"members_count": True}, "/members_count"),
        ({"members_count": 2.5}, "/members_count"),
        ({"links": [{"url": "ftp://example.org/"}]}, "/links/0/url"),
        ({"links": {}}, "/links"),
        ({"other_names": ["x"] * 21}, "/other_names"),
        ({"governance": {"voting_rule": "duel"}}, "/governance/voting_rule"),
        ({"translations": {"de": {}}}, "/translations/de"),
        ({"locations": [{}]}, "/locations/0"),
        ({"locations": [LOCATION | {"latitude": 1.0}]}, "/locations/0/longitude"),
        ({"locations": [LOCATION | {"latitude": 91, "longitude": 0}]}, "/locations/0/latitude"),
        ({"locations": [LOCATION | {"place": "us/nowhere"}]}, "/locations/0/place"),
        ({"locations": [{"place": "us/maryland", "country": "FR"}]}, "/locations/0/country"),
        ({"locations": [LOCATION | {"opening_hours": "late"}]}, "/locations/0/opening_hours"),
        ({"service_areas": [{"kind": "radius"}]}, "/service_areas/0/latitude"),
        ({"service_areas": [{"kind": "online", "country": "UY"}]}, "/service_areas/0/country"),
        ({"claims": [{"scheme": "type", "code": "guild"}]}, "/claims/0/code"),
        ({"claims": [{"scheme": "colour", "code": "red"}]}, "/claims/0/scheme"),
        ({"identifiers": [{"scheme": "GB-COH", "value": "1"}]}, "/identifiers/0/value"),
        ({"identifiers": [{"scheme": "gb", "value": "1"}]}, "/identifiers/0/scheme"),
        ({"sources": [{"source": "unheard-of"}]}, "/sources/0/source"),
    ],
)
def test_a_fault_is_pointed_at(fields, pointer):
    assert pointer in pointers(**fields)


def test_all_faults_are_told_at_once():
    assert pointers(name="", email="nobody") == ["/name", "/email"]


@pytest.mark.parametrize("document", [None, [], "name", 3])
def test_what_is_no_object_is_no_document(document):
    with pytest.raises(InvalidDocument) as raised:
        validate(document)

    assert raised.value.problems[0].pointer == ""


def test_the_same_claim_twice_is_a_fault():
    claim = {"scheme": "type", "code": "worker-cooperative"}

    assert pointers(claims=[claim, claim | {"statement": "Again"}]) == ["/claims/1"]


def test_a_part_that_is_repeated_word_for_word_is_a_fault_too():
    source = {"source": "example-register", "external_id": "7"}
    link = {"url": "https://example.org/", "title": "One"}

    assert pointers(
        locations=[LOCATION, LOCATION], sources=[source, source], links=[link, link | {"title": ""}]
    ) == ["/locations/1", "/sources/1", "/links/1"]


def test_a_fault_is_pointed_at_in_the_list_as_it_was_given():
    claim = {"scheme": "type", "code": "worker-cooperative"}

    assert pointers(claims=[claim, claim, claim | {"source": "unheard-of"}]) == [
        "/claims/1",
        "/claims/2/source",
    ]


def test_a_code_in_the_wrong_form_is_answered_with_a_sentence():
    with pytest.raises(InvalidDocument) as raised:
        validate(make_document() | {"language": "english"})

    assert raised.value.problems[0].detail == "Write it like en, es, pt-BR."


def test_the_first_claim_of_its_scheme_is_listed_first():
    make_term("timebank")
    claims = [
        {"scheme": "type", "code": "worker-cooperative"},
        {"scheme": "type", "code": "timebank", "is_primary": True},
    ]

    tidied = validate(make_document() | {"claims": claims})

    assert [claim["code"] for claim in tidied["claims"]] == ["timebank", "worker-cooperative"]


def test_an_extension_stays_with_its_telephone_number():
    tidied = validate(make_document(phone="+1 202 555 0142 ext. 17"))

    assert tidied["phone"] == "+12025550142;ext=17"
    assert validate(tidied)["phone"] == "+12025550142;ext=17"


def test_a_document_is_tidied():
    tidied = validate(
        make_document(
            "  Cafe\u0301   Solidaire ",
            website="example.org/about",
            phone="+1 (202) 555-0142",
            description="one\r\ntwo ",
        )
    )

    assert tidied["name"] == "Café Solidaire"
    assert tidied["website"] == "https://example.org/about"
    assert tidied["phone"] == "+12025550142"
    assert tidied["description"] == "one\ntwo"


def test_a_validated_document_is_valid_again_and_unchanged():
    once = validate(make_document(governance={"ownership": ["workers"]}, founded="1998-05"))

    assert validate(once) == once


@pytest.mark.parametrize(
    ("scheme", "value", "wrong"),
    [
        ("XI-LEI", "529900T8BM49AURSDO55", "529900T8BM49AURSDO56"),
        ("X-ISNI", "0000000121032683", "0000000121032684"),
        ("XI-WIKIDATA", "Q42", "42"),
        ("X-NCUA-CHARTER", "5536", "05536"),
        ("X-OSM", "node/240109189", "node/0"),
        ("X-DOTCOOP", "example.coop", "example.org"),
    ],
)
def test_numbers_of_known_registers_are_checked(scheme, value, wrong):
    document = make_document()

    assert validate(document | {"identifiers": [{"scheme": scheme, "value": value}]})
    assert pointers(identifiers=[{"scheme": scheme, "value": wrong}]) == ["/identifiers/0/value"]

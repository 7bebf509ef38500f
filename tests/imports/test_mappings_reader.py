"""Rows by a mapping: each becomes a document, or says why it does not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.exchange.mappings import Filter, InvalidMapping, Mapping, ProblemKind, Reader, Rule
from directory.exchange.tables import UnreadableFile
from tests.factories import make_document, make_place, make_source, make_term
from tests.imports.files import table_of

pytestmark = pytest.mark.django_db


def rule(target: str, *columns: str, **members) -> Rule:
    return Rule(target, columns or (target,), **members)


def read(values: dict, *rules: Rule, **members):
    """One row of an example register, with what every listing needs besides."""
    make_source()
    make_term()
    given = {rule.target for rule in rules}
    usual = tuple(rule(t) for t in ("name", "external_id") if t not in given)
    constants = {"type": "worker-cooperative"} | members.pop("constants", {})
    mapping = Mapping(rules=(*usual, *rules), constants=constants, **members)
    values = {"name": "Example Bakery", "external_id": "7"} | values
    return Reader(mapping, "example-register").read(2, values)


def remarks(staged) -> list[tuple[str, str, str]]:
    return [(p.kind.value, p.column, p.reason) for p in staged.problems]


def test_a_row_becomes_a_whole_document_that_names_its_source():
    make_place("gb/wales/maesteg")
    staged = read(
        {"town": "Maesteg", "nation": "UK", "site": "Example.org", "born": "17 May 1998"},
        rule("locality", "town"),
        rule("country", "nation"),
        rule("website", "site"),
        rule("founded", "born"),
        summaries={"en": ["{type} in {locality}, {country}."]},
    )

    document = staged.document
    assert staged.external_id == "7"
    assert staged.problems == []
    assert document["name"] == "Example Bakery"
    assert document["website"] == "https://example.org"
    assert document["founded"] == "1998-05-17"
    assert document["summary"] == "Worker cooperative in Maesteg, United Kingdom."
    assert document["locations"][0]["place"] == "gb/wales/maesteg"
    assert document["claims"][0]["asserted_by"] == "import"
    assert document["claims"][0]["source"] == "example-register"
    assert document["sources"] == [
        {
            "source": "example-register",
            "external_id": "7",
            "url": "",
            "fetched_on": "",
            "fields": ["name", "summary", "founded", "website", "locations", "claims"],
        }
    ]


def test_a_value_that_cannot_be_understood_is_left_out_and_told():
    staged = read(
        {"founded": "soon", "website": "none yet", "email": "at example", "members": "many"},
        rule("founded"),
        rule("website"),
        rule("email"),
        rule("members_count", "members"),
    )

    assert staged.document["founded"] == staged.document["website"] == ""
    assert [(p.kind, p.column, p.value) for p in staged.problems] == [
        (ProblemKind.LEFT_OUT, "website", "none yet"),
        (ProblemKind.LEFT_OUT, "email", "at example"),
        (ProblemKind.LEFT_OUT, "members", "many"),
        (ProblemKind.LEFT_OUT, "founded", "soon"),
    ]


def test_what_the_document_refuses_is_left_out_with_its_column():
    staged = read({"site": "x" * 301}, rule("summary", "site"))

    assert staged.document["summary"] == ""
    assert remarks(staged) == [("left-out", "site", "This has 301 characters; at most 300 fit.")]


def test_a_needed_value_refuses_the_row():
    staged = read({"founded": "soon"}, rule("founded", is_needed=True))

    assert staged.document is None
    assert remarks(staged) == [
        ("refused", "founded", "Write a date like 1998, 1998-05 or 1998-05-17.")
    ]


def test_a_row_without_a_name_is_refused():
    staged = read({"name": " "})

    assert staged.document is None
    assert remarks(staged) == [("refused", "name", "The row has no name.")]


def test_a_row_whose_cells_have_moved_is_refused(tmp_path):
    make_source()
    table = table_of(tmp_path, "name,town\nExample, Inc.,Here\n")
    (staged,) = Reader(Mapping(rules=(rule("name"),)), "example-register").rows(table)

    assert staged.document is None
    assert remarks(staged)[0][2] == "The row has more cells than there are columns."


def test_rows_that_are_not_meant_say_so(tmp_path):
    make_source()
    text = "name,owner\nExample Bakery,Cooperative\nExample Ltd,Private\n,\nTotal,\nSource: x,\n"
    mapping = Mapping(
        rules=(rule("name"),),
        filters=(Filter("owner", accepts=("cooperative",)),),
        skip_rows_at_end=2,
    )

    staged = list(Reader(mapping, "example-register").rows(table_of(tmp_path, text)))

    not_meant = [any(p.kind == ProblemKind.NOT_MEANT for p in row.problems) for row in staged]
    assert [row.number for row in staged] == [2, 3, 4, 5, 6]
    assert not_meant == [row.document is None for row in staged] == [False, *[True] * 4]


def test_the_same_number_again_is_refused_with_the_first_row():
    make_source()
    reader = Reader(Mapping(rules=(rule("name"), rule("external_id"))), "example-register")
    first = reader.read(2, {"name": "Example Bakery", "external_id": "7"})
    again = reader.read(9, {"name": "Other", "external_id": "7"})

    assert first.document is not None
    assert again.document is None
    assert remarks(again) == [("refused", "external_id", "Row 2 has this number already.")]


def test_without_a_number_name_and_town_stand_for_it():
    staged = read({"external_id": "", "town": "Córdoba"}, rule("locality", "town"))

    assert staged.external_id == "name:example bakery:cordoba"


def test_swapped_coordinates_are_put_right_and_told():
    place = make_place("fr/ile-de-france/paris", latitude=48.85, longitude=2.35)
    type(place).objects.filter(path="fr").update(bbox=[-5.2, 41.3, 9.6, 51.1])
    values = {"lat": "2,3522", "lon": "48,8566", "country": "France"}
    rules = [rule("latitude", "lat"), rule("longitude", "lon"), rule("country")]
    staged = read(values, *rules)

    location = staged.document["locations"][0]
    assert (location["latitude"], location["longitude"]) == (48.8566, 2.3522)
    assert location["place"] == "fr/ile-de-france/paris"
    assert remarks(staged) == [("understood", "lat", "Latitude and longitude were swapped.")]

    far = read(values | {"lat": "-33.4", "lon": "-70.6"}, *rules)
    assert far.document["locations"][0]["latitude"] is None
    assert remarks(far) == [("left-out", "lat", "The point lies outside of the country.")]


def test_nothing_is_published_more_exactly_than_it_is_known():
    rules = [rule("locality"), rule("street"), rule("country")]

    def precision(**values):
        return read({"country": "FR"} | values, *rules).document["locations"][0]["precision"]

    assert precision() == "region"
    assert precision(locality="Lyon") == "town"
    assert precision(locality="Lyon", street="1 rue Exemple") == "exact"


def test_a_point_alone_tells_town_and_country():
    make_place("uy/canelones/pando", latitude=-34.717, longitude=-55.958)
    staged = read({"geometry": "POINT (-55.96 -34.72)"}, rule("point", "geometry"))

    location = staged.document["locations"][0]
    assert (location["country"], location["place"]) == ("UY", "uy/canelones/pando")
    assert location["locality"] == "Pando"


def test_the_town_of_a_name_is_that_of_the_region_or_the_nearest():
    make_place("us/maryland/salem", latitude=38.6, longitude=-76.0)
    make_place("us/ohio/salem", latitude=40.9, longitude=-80.8)
    rules = [rule("locality"), rule("region"), rule("point")]
    us = {"constants": {"country": "US"}}

    def place(**values):
        return read(values, *rules, **us).document["locations"][0]["place"]

    assert place(locality="Salem", region="Ohio") == "us/ohio/salem"
    assert place(locality="Salem", point="38.61, -76.01") == "us/maryland/salem"
    assert place(locality="Salem") == "us"
    assert place(locality="Nowhere", region="Ohio") == "us/ohio"


def test_tables_separators_and_words_for_nothing():
    make_term("farming", scheme="sector", synonyms={"fr": ["Agriculture"]})
    make_term("food.processing", scheme="sector")
    values = {"kinds": "{Cooperative transformation,agriculture,Nsp,weaving}", "note": "NSP"}
    table = {"Cooperative transformation": "food.processing"}
    staged = read(
        values,
        rule("sector", "kinds", separators=",", strip="{}", values=table),
        rule("description", "note"),
        nothing=("Nsp",),
    )

    sectors = [c["code"] for c in staged.document["claims"] if c["scheme"] == "sector"]
    assert sectors == ["food.processing", "farming"]
    assert staged.document["description"] == ""
    assert [(p.kind, p.column) for p in staged.problems] == [(ProblemKind.UNKNOWN_WORD, "kinds")]


def test_a_constant_type_holds_where_the_word_of_the_row_is_not_known():
    make_term("housing-cooperative", labels={"en": "Housing cooperative"})
    known = read({"kind": "Housing Cooperatives"}, rule("type", "kind"))
    unknown = read({"kind": "Something else"}, rule("type", "kind"))

    assert [c["code"] for c in known.document["claims"]] == ["housing-cooperative"]
    assert [c["code"] for c in unknown.document["claims"]] == ["worker-cooperative"]
    assert unknown.problems[0].kind == ProblemKind.UNKNOWN_WORD


def test_columns_are_joined_and_capitals_set_in_ordinary_case():
    kinds = {"1": "Federal Credit Union"}
    staged = read(
        {"title": "EXAMPLE FIREMEN'S", "kind": "1"},
        rule("name", "title", "kind", case="title", values=kinds),
    )

    assert staged.document["name"] == "Example Firemen's Federal Credit Union"


def test_contact_details_stay_private_unless_the_mapping_says_otherwise():
    values = {"email": "name@example.org", "phone": "202 555 0142"}
    rules = [rule("email"), rule("phone")]
    private = read(values, *rules, constants={"country": "US"}).document
    public = read(values, *rules, constants={"country": "US", "email_is_public": "yes"}).document

    assert private["phone"] == "+12025550142"
    assert not private["email_is_public"]
    assert not private["phone_is_public"]
    assert public["email_is_public"]


def test_an_apostrophe_that_guards_against_formulas_is_taken_off():
    assert read({"name": "'=Example"}).document["name"] == "=Example"
    assert read({"name": "'t Example"}).document["name"] == "'t Example"


def test_rows_that_are_documents_come_as_they_are():
    document = make_document("Example Bakery")
    reader = Reader(Mapping(rows_are_documents=True), "example-register")
    staged = reader.read(1, document | {"uid": "01EXAMPLE", "members_count": "12"})
    wrong = reader.read(2, document | {"claims": [{"scheme": "type", "code": "nothing"}]})

    assert staged.external_id == "01EXAMPLE"
    assert staged.document["sources"][0]["source"] == document["sources"][0]["source"]
    assert staged.document["members_count"] == 12
    assert wrong.document is None
    assert [(p.column, p.value) for p in wrong.problems] == [("/claims/0/code", "nothing")]


def test_a_file_without_the_column_of_the_name_is_refused_as_a_whole(tmp_path):
    mapping = Mapping(rules=(rule("name", "title"), rule("locality", "town")))
    with pytest.raises(UnreadableFile, match="no column title"):
        list(Reader(mapping, "x").rows(table_of(tmp_path, "name,town\nA,B\n")))

    table = table_of(tmp_path, "title\nA\n")
    make_source()
    assert len(list(Reader(mapping, "example-register").rows(table))) == 1
    assert table.notes == ["The file has no column town."]


def test_more_rows_cost_no_more_queries(tmp_path):
    make_source()
    make_place("us/maryland/takoma-park")
    mapping = Mapping(
        rules=(rule("name"), rule("locality", "town")),
        constants={"country": "US", "type": "worker-cooperative"},
    )
    make_term()

    def queries(count: int) -> int:
        text = "name,town\n" + "".join(f"Example {i},Takoma Park\n" for i in range(count))
        table = table_of(tmp_path, text)
        with CaptureQueriesContext(connection) as captured:
            rows = list(Reader(mapping, "example-register").rows(table))
        assert all(row.document for row in rows)
        return len(captured)

    queries(1)  # What is kept from file to file is read once.

    assert queries(1) == queries(20)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ([], "/: this must be an object."),
        ({}, "version is missing."),
        ({"version": 9}, "version: 9 cannot stand here."),
        ({"version": 1, "colour": 1}, "colour: there is no such member."),
        ({"version": 1, "rules": [{"target": "name"}]}, "rules/0/columns is missing."),
        ({"version": 1, "rules": [{"target": "x", "columns": ["a"]}]}, "rules/0/target: x cannot"),
        (
            {"version": 1, "rules": [{"target": "identifier", "columns": ["a"]}]},
            "rules/0/scheme: name the register, like GB-COH.",
        ),
        ({"version": 1, "header_rows": 0}, "header_rows: 0 cannot stand here."),
        ({"version": 1, "date_order": "ydm"}, "date_order: ydm cannot stand here."),
        ({"version": 1, "summaries": {"en": ["{name.__class__}"]}}, "summaries: "),
        ({"version": 1, "constants": {"nothing": "x"}}, "constants: "),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong_and_where(written, problem):
    with pytest.raises(InvalidMapping) as refusal:
        Mapping.from_json(written)

    assert any(told.startswith(problem) for told in refusal.value.problems)


def test_a_mapping_comes_back_from_its_json():
    mapping = Mapping(
        name="example",
        rules=(rule("name", "a", "b", values={"x": ["y"]}), rule("ignore", "c", sureness=0.0)),
        filters=(Filter("d", refuses=("x",)),),
        constants={"type": ["worker-cooperative"]},
        nothing=("n/a",),
        skip_rows=2,
    )

    assert Mapping.from_json(mapping.as_json()) == mapping

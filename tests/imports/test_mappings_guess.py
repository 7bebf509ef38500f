"""A first mapping by what columns are called and what is in them."""

import io
import json

import pytest
from django.core.management import call_command

from directory.exchange.mappings import Mapping, Reader, guess
from tests.factories import make_source, make_term
from tests.imports.files import table_of

pytestmark = pytest.mark.django_db


def targets(tmp_path, content: str, name: str = "example.csv") -> dict[str, str]:
    return {r.columns[0]: r.target for r in guess(table_of(tmp_path, content, name)).rules}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Organisation;Town;Postcode;Country;E-mail", "name locality postcode country email"),
        ("Nombre;Ciudad;Código postal;País;Correo", "name locality postcode country email"),
        ("Nome;Cidade;CEP;País;E-mail", "name locality postcode country email"),
        ("Nom;Ville;Code postal;Pays;Courriel", "name locality postcode country email"),
        ("Bezeichnung;Ort;PLZ;Land;E-Mail", "name locality postcode country email"),
    ],
)
def test_column_names_are_known_in_five_languages(tmp_path, header, expected):
    text = f"{header}\nExample;Berlin;10115;Germany;name@example.org\n"

    assert list(targets(tmp_path, text).values()) == expected.split()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Boss's name;Nom de l'entreprise", "ignore name"),
        ("Name;Co-op name", "ignore name"),
        ("Nombre del contacto;Nombre de la cooperativa", "ignore name"),
        ("Nome do responsável;Nome da cooperativa", "ignore name"),
        ("First name;Name of the organisation;Contact e-mail", "ignore name email"),
        ("contact.name;Title", "ignore name"),
    ],
)
def test_the_name_is_that_of_the_enterprise_and_of_no_person(tmp_path, header, expected):
    text = f"{header}\nJane Roe;Example Bakery;name@example.org\n"

    assert list(targets(tmp_path, text).values()) == expected.split()


def test_the_command_says_what_each_column_was_taken_for(tmp_path):
    make_source("example-register")
    path, told = tmp_path / "example.csv", io.StringIO()
    path.write_text("Colour;Ville;Boss's name;Nom de l'entreprise\nred;Lyon;Jane Roe;Example\n")

    call_command("import_organizations", str(path), source="example-register", stdout=told)

    *_counts, name, town, unused = told.getvalue().splitlines()
    assert name.split(" <- ") == ["name           ", "Nom de l'entreprise"]
    assert town.split(" <- ") == ["locality       ", "Ville"]
    assert unused == "(not used)      <- Colour, Boss's name"


def test_contents_tell_what_names_do_not(tmp_path):
    make_term("worker-cooperative", synonyms={"de": ["Arbeitergenossenschaft"]})
    rows = "Arbeitergenossenschaft;example.org;name@example.org;52,5 13,4;Deutschland\n" * 4
    found = targets(tmp_path, "a;b;c;d;e\n" + rows)

    assert found == {"a": "type", "b": "website", "c": "email", "d": "point", "e": "country"}


def test_each_guess_shows_examples_and_how_sure_it_is(tmp_path):
    text = "name,latitude,founded\nA,52.5,1998\nB,48.1,1999\nA,47.0,soon\nC,50.1,2001\n"
    name, latitude, _founded = guess(table_of(tmp_path, text)).rules
    (doubted,) = guess(table_of(tmp_path, "latitude\nnorth\nsouth\n")).rules

    assert name.examples == ("A", "B", "C")
    assert latitude.sureness > name.sureness > doubted.sureness > 0


def test_what_is_the_same_in_all_rows_is_no_year_of_founding(tmp_path):
    assert targets(tmp_path, "name,year\n" + "Example,2025\n" * 12)["year"] == "ignore"


def test_separators_words_for_nothing_and_the_order_of_dates_are_seen(tmp_path):
    make_term("farming", scheme="sector")
    make_term("food", scheme="sector")
    mapping = guess(table_of(tmp_path, "name,sector,founded\nA,farming; food,5/13/1998\nB,N/A,\n"))

    assert mapping.rules[1].separators == ";"
    assert mapping.nothing == ("n/a",)
    assert mapping.date_order == "mdy"


def test_a_guess_can_be_kept_and_read_with(tmp_path):
    make_source()
    make_term("worker-cooperative")
    text = "id,name,type,country\n7,Example Bakery,Worker cooperative,France\n"
    table = table_of(tmp_path, text)
    kept = Mapping.from_json(json.loads(json.dumps(guess(table).as_json())))
    (staged,) = Reader(kept, "example-register").rows(table)

    assert kept == guess(table)
    assert staged.document["summary"] == "Worker cooperative in France."


def test_a_guess_keeps_where_the_rows_are(tmp_path):
    text = "Register\nWho,Where\nName,Town\nExample,Here\n"
    mapping = guess(table_of(tmp_path, text, skip_rows=1, header_rows=2))

    assert mapping.layout() == {
        "sheet": "",
        "skip_rows": 1,
        "header_rows": 2,
        "delimiter": "",
    }
    assert [rule.target for rule in mapping.rules] == ["name", "locality"]


def test_documents_are_known_as_such(tmp_path):
    document = {"name": "A", "claims": [], "locations": [], "sources": []}

    assert guess(table_of(tmp_path, json.dumps([document]), "a.json")).rows_are_documents

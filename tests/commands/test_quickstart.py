"""One command makes a directory ready to serve, and a second run finds nothing to do."""

import csv
import gzip
import json
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.actions import places, sources
from directory.actions.vocabulary import load_terms
from directory.exchange import fixtures
from directory.models import DataFile, Organization, Place, PlaceName, Revision, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_data(tmp_path, settings):
    """The shipped files cut to a few rows, so that a test takes seconds."""
    documents = [d for d in fixtures.read_documents() if d["locations"]][:3]
    parts = [part for d in documents for part in [*d["locations"], *d.get("service_areas", [])]]
    named = {part.get("place", "") for part in parts}
    wanted = {"/".join(path.split("/")[:depth]) for path in named for depth in (1, 2, 3)}
    rows = [row for row in fixtures.read_gazetteer() if row["path"] in wanted]
    for folder in ("demo", "gazetteer"):
        (tmp_path / folder).mkdir()
    shutil.copytree(settings.FIXTURES_DIR / "taxonomy", tmp_path / "taxonomy")
    shutil.copy(fixtures.demo_sources(), tmp_path / "demo")
    settings.FIXTURES_DIR = tmp_path
    lines = [json.dumps(document) for document in documents]
    fixtures.demo_listings().write_text("\n".join(lines), encoding="utf-8")
    with gzip.open(fixtures.gazetteer(), "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def quickstart(*arguments: str) -> str:
    said = StringIO()
    call_command("quickstart", *arguments, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_check_says_what_is_missing():
    with pytest.raises(CommandError, match="Missing: Vocabulary, Gazetteer, Demo listings"):
        quickstart("--check")


@pytest.mark.usefixtures("small_data")
def test_it_makes_what_is_missing_and_then_nothing_is():
    quickstart()

    assert Organization.objects.published().count() == 3
    assert "Nothing is missing." in quickstart("--check")


@pytest.mark.usefixtures("small_data")
def test_a_second_run_changes_nothing():
    quickstart()
    before = Revision.objects.count()

    assert "…" not in quickstart()
    assert Revision.objects.count() == before


@pytest.mark.usefixtures("small_data")
def test_what_was_interrupted_is_finished_without_doubles():
    quickstart()
    DataFile.objects.all().delete()  # As if it had stopped before it could note the end.
    quickstart()

    assert Organization.objects.count() == 3


@pytest.mark.usefixtures("small_data")
def test_a_directory_may_start_empty():
    quickstart("--no-demo")

    assert not Organization.objects.exists()
    assert Term.objects.exists()


def test_places_loaded_again_keep_their_rows_and_take_the_new_facts():
    row = {
        "path": "uy", "kind": "country", "geonameid": "", "parent": "", "code": "UY",
        "name": "Uruguay", "latitude": "-33", "longitude": "-56", "population": "3000000",
        "timezone": "America/Montevideo", "names": "Uruguai|Уругвай", "bbox": "-58,-35,-53,-30",
    }  # fmt: skip
    places.load_places([row])
    first = Place.objects.get()

    places.load_places([row | {"population": "3500000", "names": "Uruguai"}])

    assert Place.objects.get().pk == first.pk
    assert Place.objects.get().population == 3_500_000
    assert set(PlaceName.objects.values_list("folded", flat=True)) == {"uruguay", "uruguai", "uy"}


def test_a_term_that_left_the_file_is_kept_out_of_use(taxonomy):
    entry = fixtures.read_json(fixtures.taxonomy()[0])
    kept = [term for term in entry["terms"] if term["code"] != "timebank"]

    assert load_terms("type", kept) == 1
    assert not Term.objects.get(scheme="type", code="timebank").is_active


def test_the_shipped_taxonomy_is_whole():
    for file in fixtures.taxonomy():
        terms = fixtures.read_json(file)["terms"]
        codes = [term["code"] for term in terms]
        assert len(set(codes)) == len(codes)
        for term in terms:
            assert term["parent"] is None or codes.index(term["parent"]) < codes.index(term["code"])
            for texts in (term["labels"], term["definitions"]):
                assert all(texts.get(language) for language in ("en", "es", "pt", "fr")), term[
                    "code"
                ]


def test_a_remembered_file_is_known_by_its_bytes():
    sources.remember_file("Gazetteer", "abc")

    assert sources.is_loaded("Gazetteer", "abc")
    assert not sources.is_loaded("Gazetteer", "abd")

"""The demo listings are real, sourced, spread over the world, and valid."""

from collections import Counter

import pytest

from directory.documents import validate
from directory.exchange import fixtures


@pytest.fixture(scope="module")
def documents() -> list[dict]:
    return list(fixtures.read_documents())


def countries(document: dict) -> set[str]:
    parts = [*document.get("locations", []), *document.get("service_areas", [])]
    return {part.get("country") or part.get("place", "")[:2].upper() for part in parts} - {""}


def test_there_are_500_or_more_in_25_countries_or_more(documents):
    assert len(documents) >= 500
    assert len({country for document in documents for country in countries(document)}) >= 25


def test_60_or_more_are_around_washington(documents):
    region = ("us/district-of-columbia", "us/maryland", "us/virginia")
    here = [d for d in documents if any(p["place"].startswith(region) for p in d["locations"])]

    assert len(here) >= 60


def test_every_family_of_types_has_some(documents):
    parents = {t["code"]: t["parent"] for t in fixtures.read_json(fixtures.taxonomy()[0])["terms"]}

    def family(code: str) -> str:
        return family(parents[code]) if parents[code] else code

    found = Counter(
        family(c["code"]) for d in documents for c in d["claims"] if c["scheme"] == "type"
    )

    assert set(found) == {code for code, parent in parents.items() if parent is None}


def test_each_names_a_source_whose_licence_lets_it_be_shown(documents):
    licences = {s["code"]: s["licence"] for s in fixtures.read_json(fixtures.demo_sources())}

    for document in documents:
        named = [record["source"] for record in document["sources"]]
        assert named, document["name"]
        for code in named:
            assert licences[code] not in {"share-alike", "non-commercial"}, document["name"]


def test_none_claims_to_have_been_checked(documents):
    checked = [d["name"] for d in documents for c in d["claims"] if c.get("checked_on")]

    assert checked == []


@pytest.mark.django_db
def test_each_is_a_valid_document(documents, taxonomy):
    from directory.actions import places, sources

    sources.load_sources(fixtures.read_json(fixtures.demo_sources()))
    named = {
        part.get("place", "")
        for document in documents
        for part in [*document.get("locations", []), *document.get("service_areas", [])]
    }
    wanted = {"/".join(path.split("/")[:depth]) for path in named for depth in (1, 2, 3)}
    places.load_places(row for row in fixtures.read_gazetteer() if row["path"] in wanted)

    for document in documents:
        assert validate(document)["name"]

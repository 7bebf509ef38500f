"""The benchmark runs from end to end on a few listings, and tells all that it promises."""

import itertools
import json
from io import StringIO
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from directory.management.benchmarks import (
    bitmap,
    chart,
    databases,
    measuring,
    pages,
    plain_orm,
    postgresql,
    report,
    search,
)
from directory.management.benchmarks.asking import SHAPES, ground, questions
from directory.management.benchmarks.capping import capped
from directory.models import Organization
from directory.search import engine
from tests.factories import make_place

LISTINGS = 300
KEYS = {
    "bandwidth",
    "build_seconds",
    "clients",
    "engines",
    "growth",
    "http",
    "left_out",
    "load_seconds",
    "machine",
    "memory",
    "organizations",
    "published",
    "times_as_long",
    "times_as_long_mean",
    "writes",
}


def fill() -> None:
    call_command("load_taxonomy", stdout=StringIO(), stderr=StringIO())
    make_place("us/maryland/takoma-park")
    make_place("uy/montevideo/montevideo", latitude=-34.9, longitude=-56.2, population=1_300_000)
    make_place("fr/occitanie/toulouse", latitude=43.6, longitude=1.4, population=500_000)
    call_command("generate_organizations", LISTINGS, stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def listings(db):
    fill()


@pytest.fixture
def told(listings, tmp_path):
    output = StringIO()
    call_command(
        "benchmark",
        "search",
        here=True,
        organizations=LISTINGS,
        engine="orm,postgres",
        variants=2,
        writes=1,
        clients="",
        output=tmp_path,
        stdout=output,
    )
    figures = json.loads((tmp_path / "search.json").read_text(encoding="utf-8"))
    return figures, output.getvalue(), (tmp_path / "search.svg").read_text(encoding="utf-8")


def test_it_measures_all_shapes_with_each_engine_and_tells_it_in_three_ways(told):
    figures, printed, drawing = told
    engines = {"bitmap", "orm", *(["postgres"] if connection.vendor == "postgresql" else [])}

    assert figures.keys() == KEYS
    assert figures["engines"].keys() == engines
    for found in figures["engines"].values():
        assert tuple(found["shapes"]) == SHAPES
        assert found["requests_per_second"] > 0
        for shape in found["shapes"].values():
            assert 0 < shape["p50_ms"] <= shape["p95_ms"]
    assert figures["times_as_long_mean"].keys() == engines - {"bitmap"}
    assert figures["writes"]["visible"]["count"] == 2
    assert all(shape in printed for shape in SHAPES)
    if connection.vendor == "sqlite":
        assert "DATABASE_URL" in figures["left_out"][0]
        assert "Left out: postgres" in printed
    assert len(ElementTree.fromstring(drawing).findall(".//{*}rect")) > len(SHAPES) * len(engines)


def test_options_reach_the_process_that_measures(told, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(databases, "prepare", lambda count, variables: None)
    monkeypatch.setattr(search.subprocess, "run", lambda command, **given: started.append(command))

    call_command(
        "benchmark", "search", writes=7, seed=3, clients="", output=tmp_path, stdout=StringIO()
    )

    (command,) = started
    given = dict(itertools.pairwise(command))
    assert (given["--writes"], given["--seed"], given["--clients"]) == ("7", "3", "")


def test_measuring_writes_changes_no_listing_for_good(listings):
    before = list(Organization.objects.order_by("pk").values_list("summary", flat=True))

    measuring.writes(2)

    assert list(Organization.objects.order_by("pk").values_list("summary", flat=True)) == before


def test_the_same_listings_give_the_same_questions(listings):
    asked = questions(ground(), variants=4)

    assert questions(ground(), variants=4) == asked
    assert questions(ground(), variants=4, seed=2) != asked
    assert {one.shape for variants in asked.values() for one in variants} == set(SHAPES)


def test_the_engines_agree_on_how_many_have_a_type_and_none_keeps_what_was(listings):
    is_postgresql = connection.vendor == "postgresql"
    for asked in questions(ground(), variants=5)["one type"]:
        total = engine.search(asked.query).total

        assert plain_orm.answer(asked)[0] == total
        if is_postgresql:
            postgresql.prepare()
            assert ("total", "", total) in postgresql.answer(asked)[0]

    Organization.objects.update(publication="unpublished")

    assert plain_orm.answer(asked)[0] == 0
    if is_postgresql:
        postgresql.prepare()
        assert ("total", "", 0) in postgresql.answer(asked)[0]


@time_machine.travel("2026-05-01 12:00", tick=False)  # What is kept goes with the minute.
def test_answers_are_not_kept_between_measurements(listings, django_assert_num_queries):
    (asked, *_rest) = questions(ground(), variants=1)["broad word"]
    first = engine.search(asked.query)
    assert engine.search(asked.query) is first

    bitmap.forget_answers()

    assert engine.search(asked.query) is not first


def test_pages_and_calls_are_asked_behind_their_doors(client, listings):
    asked = questions(ground(), variants=1)

    for door, count in (("pages", 12), ("api", 13)):
        addresses = pages.addresses(asked, door)
        assert len(addresses) == count
        for address in addresses:
            assert client.get(address).status_code == 200, address


@pytest.mark.django_db(transaction=True)
def test_a_load_counts_what_was_answered(live_server):
    port = live_server.thread.port

    figures = pages.load(port, ["/healthz"], clients=2, seconds=0.3)

    assert figures["count"] > 0
    assert figures["mean_bytes"] > 0
    with pytest.raises(pages.NotServed, match="answered 404"):
        pages.load(port, ["/nowhere/"], clients=1, seconds=0.3)


def test_tables_tell_promises_of_a_million(told):
    figures, _printed, _drawing = told
    page = {"requests_per_second": 60.0, "p50_ms": 10.0, "p95_ms": 90.0, "mean_bytes": 70_000}
    of_a_million = figures | {
        "organizations": 1_000_000,
        "http": {"pages": {"4": page}},
        "clients": {"1": {**page, "memory": figures["memory"]}},
        "growth": {"300": figures},
    }

    text = "\n".join(report.as_markdown(rows) for rows in report.tables(of_a_million))

    assert "| pages/s, 4 clients | 60.0 | at least 50 | yes |" in text
    assert "| a page, 4 clients, p95 ms | 90.0 | at most 80 | no |" in text
    assert chart.drawn(of_a_million).startswith("<svg")


def test_a_question_without_end_is_not_waited_for(db):
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )

    with pytest.raises(OperationalError), capped(0.2), transaction.atomic():
        connection.cursor().execute(endless)

    with capped(0.2):
        connection.cursor().execute("SELECT 1")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({"engine": "tantivy"}, "--engine tantivy is not known", id="engine"),
        pytest.param({"organizations": 0}, "1 or more", id="number"),
        pytest.param({"writes": 0}, "--writes is 1 or more", id="writes"),
        pytest.param({"clients": "1,x"}, "--clients 1,x: give numbers", id="clients in words"),
        pytest.param({"clients": "0"}, "--clients 0: give numbers", id="no clients"),
        pytest.param({"clients": "-1"}, "--clients -1: give numbers", id="fewer than none"),
        pytest.param({"growth": True, "here": True}, "leave out one of them", id="growth here"),
    ],
)
def test_what_makes_no_sense_is_refused(options, said):
    with pytest.raises(CommandError, match=said):
        call_command("benchmark", "search", **options)

"""How surely listings of one enterprise are known as one: the held-out pairs of real registers."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.management.benchmarks import duplicates
from directory.management.benchmarks.duplicates import PRECISION_LEAST, RECALL_LEAST


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("benchmark", "duplicates", *arguments, stdout=out)
    return out.getvalue()


def test_the_promises_hold_on_the_held_out_half():
    found = json.loads(told("--half", "testing", "--json"))["halves"]["testing"]

    assert found["automatic"]["precision"] >= PRECISION_LEAST
    assert found["suggested"]["recall"] >= RECALL_LEAST
    # Taking nothing for one would be precise as well.
    assert found["automatic"]["recall"] >= 0.6


def test_the_table_tells_confusion_evidence_and_the_worst_misses():
    text = told("--half", "tuning")

    for words in ("automatic", "two enterprises", "website for", "The worst misses", "called"):
        assert words in text


def test_nothing_is_in_both_halves_and_no_pair_has_what_labelled_it():
    halves = {half: set() for half in duplicates.HALVES}
    for pair in duplicates.pairs():
        for side in (pair["here"], pair["there"]):
            halves[pair["half"]].add((side["source"].split("_2025")[0], side["id"]))
            assert not side["document"].keys() & {"identifiers", "email", "phone", "description"}
            if pair["how"] == "site" and pair["same"]:
                assert "website" not in side["document"]

    assert not halves["tuning"] & halves["testing"]
    assert min(len(half) for half in halves.values()) > 200


@pytest.mark.django_db
def test_many_against_many_needs_places_to_stand_on():
    with pytest.raises(CommandError, match="quickstart"):
        told("--half", "tuning", "--organizations", "10")

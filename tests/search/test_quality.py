"""What people ask is found: the gold set (fixtures/quality), and known items under corruption."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction

from directory.management.benchmarks import finding, known_items, quality
from directory.management.benchmarks.quality import Outcome, figures

KNOWN_ITEMS = 60  # Of 300 in the benchmark: enough to fall below a threshold, and quick.


@pytest.fixture(scope="module")
def slugs(django_db_setup, django_db_blocker) -> Iterator[tuple[list, dict[int, str]]]:
    """The queries, and the listings they are asked of: row id → slug. Gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_taxonomy", verbosity=0)
        yield quality.load_gold_set()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def outcomes(slugs) -> list[Outcome]:
    asked, by_id = slugs
    return quality.outcomes(asked, by_id)


def test_the_gold_set_is_whole(slugs):
    asked, _by_id = slugs

    unanswered = [one for one in asked if one.kind == "nothing"]

    assert len(asked) >= 200
    assert len(unanswered) >= 30
    assert {one.language for one in asked} == {"en", "es", "pt", "fr", "scripts"}
    silent = {"nothing", "no hit"}
    assert [one.words for one in asked if not one.right and one.kind not in silent] == []
    assert [one.words for one in unanswered if one.expected] == []


def test_people_find_what_they_mean(outcomes):
    found = figures(outcomes)

    assert found["recall"] >= 0.97, worst(outcomes)
    assert found["ndcg"] >= 0.90, worst(outcomes)


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "scripts"])
def test_no_language_is_left_behind(outcomes, language):
    of_language = [one for one in outcomes if one.asked.language == language]

    assert figures(of_language)["recall"] >= 0.96, worst(of_language)


def test_no_question_ends_dead(outcomes):
    assert [one.asked.words for one in outcomes if one.is_dead_end] == []


def test_what_nobody_has_is_not_answered_with_what_is_spelled_alike(outcomes):
    shown = [(one.asked.words, one.first) for one in outcomes if one.asked.kind == "no hit"]

    assert len(shown) >= 10
    assert [(words, first) for words, first in shown if first] == []


def test_real_names_are_found_however_they_are_typed(slugs):
    _asked, by_id = slugs
    items = finding.items_of([pk for pk, slug in by_id.items() if finding.is_real(slug)])
    chosen = known_items.chosen(items.values(), KNOWN_ITEMS)

    found = finding.known_figures(known_items.typed(chosen), items)

    missed = {
        way: shares
        for way, shares in found.items()
        if any(
            share < least for share, least in zip(shares, known_items.THRESHOLDS[way], strict=True)
        )
    }
    assert missed == {}
    assert found.keys() == known_items.THRESHOLDS.keys()


def worst(outcomes: list[Outcome]) -> list[tuple[str, float, tuple[str, ...]]]:
    """The queries that miss most, to be read where a test fails."""
    answered = [one for one in outcomes if one.asked.expected and one.recall < 1]
    answered.sort(key=lambda one: one.recall)
    return [(one.asked.words, one.recall, one.first[:3]) for one in answered[:10]]

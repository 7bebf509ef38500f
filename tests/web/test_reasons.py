"""Why a hit was found, in words."""

import pytest

from directory.models import vocabulary
from directory.search.query import Choice, Hit, Point, Query, Reason
from directory.web.reasons import clause_of, gathered, reasons_of
from tests.factories import make_organization, make_term


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("word", ("food",), field="name"), "<mark>food</mark> is in its name"),
        (Reason("word", ("Porto",), field="place"), "<mark>Porto</mark> is where it is"),
        (
            Reason("term", ("food",), scheme="type", code="food-cooperative", label="Food co-op"),
            "<mark>food</mark> is in its type, Food co-op",
        ),
        (
            Reason("term", ("panadería",), scheme="sector", code="food.baking", label="Baking"),
            "<mark>panadería</mark> is another name for what it works in, Baking",
        ),
        (
            Reason("spelling", ("bakery",), field="name"),
            "<mark>bakery</mark> is close to what you typed",
        ),
        (
            Reason("identifier", ("12345",)),
            "<mark>12345</mark> is its number in a register",
        ),
        (
            Reason("identifier", ("example.coop",), field="website"),
            "<mark>example.coop</mark> is its website",
        ),
        (
            Reason("term", ("credit union",), scheme="type", code="c", label="Credit union"),
            "<mark>credit union</mark> is its type",
        ),
        (
            Reason("term", ("Deepens democracy",), scheme="value", label="Deepens democracy"),
            "<mark>Deepens democracy</mark> is a value it lives",
        ),
        (
            Reason("term", ("Care",), scheme="sector", code="care", label="Care"),
            "<mark>Care</mark> is what it works in",
        ),
        (
            Reason("word", ("food", "shop"), field="text"),
            "<mark>food</mark>, <mark>shop</mark> are in its description",
        ),
    ],
)
def test_a_reason_is_a_clause_with_its_words_marked(reason, words):
    assert clause_of(reason) == words


def test_words_of_the_same_field_are_told_together():
    reasons = [Reason("word", ("credit",), field="name"), Reason("word", ("union",), field="name")]

    assert [reason.words for reason in gathered(reasons)] == [("credit", "union")]


def test_words_of_a_listing_cannot_become_markup():
    clause = clause_of(Reason("term", ("<b>",), scheme="type", label="<script>"))

    assert "<b>" not in clause
    assert "<script>" not in clause


@pytest.mark.django_db
def test_a_chosen_type_is_a_reason_also_for_a_narrower_one():
    broad = make_term("cooperative")
    make_term("worker-cooperative", parent=broad)
    organization = make_organization(types=("worker-cooperative",))
    query = Query(facets={"type": Choice(("cooperative",))})

    clauses = reasons_of(Hit(organization.pk), organization, query, vocabulary())

    assert clauses == ["<mark>Worker cooperative</mark> is its type"]


@pytest.mark.django_db
def test_being_near_or_serving_the_place_is_a_reason():
    organization = make_organization()
    query = Query(near=Point(38.9, -77.0, "Takoma Park"))

    def clauses(where: str) -> list[str]:
        return reasons_of(Hit(organization.pk, where), organization, query, vocabulary())

    assert clauses("located") == ["it is near Takoma Park"]
    assert clauses("serves") == ["it serves Takoma Park"]

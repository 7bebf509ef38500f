"""The tree of terms."""

import pytest
from django.utils import timezone

from directory.models import Term, vocabulary
from directory.models.vocabulary import held_vocabulary
from tests.factories import make_term

pytestmark = pytest.mark.django_db


def test_a_term_knows_what_is_broader_and_narrower():
    broad = make_term("cooperative")
    narrow = make_term("worker-cooperative", parent=broad)

    words = vocabulary()

    assert words.ancestors("type", "worker-cooperative") == [broad]
    assert words.descendants(broad) == [narrow]
    assert words.family("type", "worker-cooperative") == broad


def test_a_changed_term_is_seen_at_once():
    term = make_term("timebank")
    vocabulary()

    term.labels = {"en": "Time bank"}
    term.save()

    assert vocabulary().get("type", "timebank").label == "Time bank"


def test_a_term_out_of_use_is_not_offered():
    make_term("timebank", is_active=False)

    assert vocabulary().in_scheme("type") == []


def test_a_term_out_of_use_still_answers():
    make_term("timebank", is_active=False)

    assert vocabulary().get("type", "timebank").label == "Timebank"


def test_a_circle_of_terms_is_cut():
    one = make_term("one")
    other = make_term("other", parent=one)
    Term.objects.filter(pk=one.pk).update(parent=other, updated_at=timezone.now())

    assert vocabulary().ancestors("type", "other") in ([], [one])


def test_inside_a_request_the_vocabulary_is_read_once(django_assert_num_queries):
    make_term("timebank")
    vocabulary()

    with held_vocabulary(), django_assert_num_queries(1):
        vocabulary()
        vocabulary()


def test_a_term_without_a_label_in_a_language_falls_back_to_english():
    term = Term(scheme="type", code="timebank", labels={"en": "Timebank"})

    assert term.label == "Timebank"

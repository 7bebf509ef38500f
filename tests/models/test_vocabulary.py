"""The tree of terms."""

import pytest

from directory.models import Term, vocabulary
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

    assert vocabulary().get("type", "timebank") is None


def test_a_term_without_a_label_in_a_language_falls_back_to_english():
    term = Term(scheme="type", code="timebank", labels={"en": "Timebank"})

    assert term.label == "Timebank"

"""An editor keeps the vocabulary: whatever is saved, the site goes on."""

import pytest
from django.urls import reverse

from directory.actions.vocabulary import load_terms, save_term
from directory.models import Term, vocabulary
from tests.factories import make_organization, make_term, make_user
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    return signed_in(client, make_user("ana", role="curator"))


def save(editor, term: Term, **fields) -> object:
    url = reverse("admin:directory_term_change", args=[term.pk])
    sent = {
        "order": term.order,
        "is_active": "on",
        "labels": '{"en": "Timebank"}',
        "definitions": "{}",
        "notes": "{}",
        "synonyms": "{}",
        "mappings": "[]",
        "details": "{}",
    }
    return editor.post(url, sent | fields)


def test_a_changed_label_is_on_the_next_page(editor, client):
    term = make_term("timebank")

    save(editor, term, labels='{"en": "Bank of hours"}')

    assert "Bank of hours" in client.get("/types/timebank/").content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"labels": '{"en": 5}'},
        {"labels": '["Timebank"]'},
        {"labels": '{"es": "Banco de tiempo"}'},
        {"labels": '{"en": " "}'},
        {"synonyms": '{"en": null}'},
        {"synonyms": '{"en": "hours"}'},
        {"mappings": '[{"x": 1}]'},
        {"mappings": '{"a": 1}'},
        {"details": '["a"]'},
        {"details": '{"evidence_question": 3}'},
        {"definitions": '{"en": []}'},
    ],
)
def test_what_is_not_in_shape_is_refused(editor, fields):
    term = make_term("timebank")

    response = save(editor, term, **fields)

    assert response.status_code == 200
    term.refresh_from_db()
    assert term.labels == {"en": "Timebank"}


def test_a_term_cannot_lie_under_what_lies_under_it(editor):
    broad = make_term("cooperative")
    narrow = make_term("worker-cooperative", parent=broad)

    response = save(editor, broad, parent=narrow.pk)

    assert "That is a narrower term of this one." in response.content.decode()


def test_a_term_lies_only_under_one_of_its_scheme(editor):
    value = make_term("deepens-democracy", scheme="value")

    response = save(editor, make_term("timebank"), parent=value.pk)

    assert "A broader term is of the same scheme." in response.content.decode()


def test_terms_are_found_by_any_label_without_accents(editor):
    make_term("credit-union", labels={"en": "Credit union", "es": "Cooperativa de crédito"})

    response = editor.get(
        "/admin/autocomplete/",
        {
            "app_label": "directory",
            "model_name": "claim",
            "field_name": "term",
            "term": "credito cooperativa",
        },
    )

    assert len(response.json()["results"]) == 1


def test_a_long_text_in_the_search_box_is_no_crash(editor):
    make_term("timebank")

    for name in ("term", "place"):
        url = reverse(f"admin:directory_{name}_changelist")
        assert editor.get(url, {"q": "x" * 7_000}).status_code == 200


def test_the_list_of_terms_costs_the_same_for_any_length(editor, queries_of):
    url = reverse("admin:directory_term_changelist")
    make_term("one")
    one = queries_of(url)
    for number in range(6):
        make_term(f"kind-{number}")

    assert queries_of(url) == one


def entry(code: str, label: str) -> dict:
    return {"code": code, "parent": None, "order": 1, "labels": {"en": label}}


def test_loading_again_keeps_what_editors_changed_and_added():
    load_terms("type", [entry("timebank", "Timebank"), entry("guild", "Guild")])
    timebank = Term.objects.get(code="timebank")
    timebank.labels = {"en": "Bank of hours"}
    save_term(timebank)
    save_term(Term(scheme="type", code="our-own", labels={"en": "Our own"}))

    load_terms("type", [entry("timebank", "Time bank"), entry("guild", "Craft guild")])

    labels = {term.code: term.label for term in vocabulary().in_scheme("type")}
    assert labels == {
        "timebank": "Bank of hours",
        "guild": "Craft guild",
        "our-own": "Our own",
    }


def test_a_listing_with_a_term_out_of_use_can_still_be_edited_and_read(editor, client):
    listing = make_organization(types=("worker-cooperative",))
    Term.objects.update(is_active=False)
    listing.refresh_from_db()

    assert client.get(listing.get_absolute_url()).status_code == 200
    assert client.get("/types/worker-cooperative/").status_code == 200


def test_a_term_out_of_use_leads_to_what_replaced_it(client):
    new = make_term("timebank")
    make_term("hour-bank", is_active=False, replaced_by=new)

    assert client.get("/types/hour-bank/")["Location"] == "/types/timebank/"

"""Personal data is removed after a look, by those who may, and it is said to be for good."""

import re

import pytest
from django.urls import reverse

from directory.models import Erasure, Organization
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db
ASKED = {"words": "Zebedea Example", "reason": "A person asked for it"}


def erasing(listing) -> str:
    return reverse("admin:directory_organization_erase", args=[listing.pk])


def mark_in(response) -> str:
    return re.search(r'name="previewed" value="([0-9a-f]{64})"', response.content.decode())[1]


@pytest.fixture
def listing(db):
    return make_organization(summary="Zebedea Example bakes.")


def test_first_it_shows_what_would_go(curator, listing):
    response = curator.post(erasing(listing), ASKED)

    page = response.content.decode()
    assert "2 versions hold it, in: summary." in page
    assert "cannot be undone" in page
    assert Organization.objects.get().summary == "Zebedea Example bakes."


def test_then_it_is_removed(curator, listing):
    mark = mark_in(curator.post(erasing(listing), ASKED))

    response = curator.post(
        erasing(listing), ASKED | {"is_sure": "on", "previewed": mark}, follow=True
    )

    page = response.content.decode()
    assert "Zebedea" not in page
    assert "What was erased is gone for good." in page
    assert page.count("Undo this …") == 2  # It was added and published before.
    assert Organization.objects.get().summary == "[…] bakes."
    assert Erasure.objects.get().by.username == "cora"


def test_without_its_tick_nothing_is_removed_and_the_fault_is_told(curator, listing):
    mark = mark_in(curator.post(erasing(listing), ASKED))

    response = curator.post(erasing(listing), ASKED | {"previewed": mark})

    assert "Tick this, or nothing is removed." in response.content.decode()
    assert mark_in(response) == mark
    assert not Erasure.objects.exists()


def test_the_list_of_erasures_tells_in_words_what_held_the_data(curator, listing):
    told = ["admin", "imports", "other_names", "reasons", "slug", "sources", "website_visits"]
    Erasure.objects.create(organization=listing, fields=told, reason="Asked for", revisions=1)
    words = "log entries, imports, other names, why, address word, source records, website visits"

    assert words in curator.get("/admin/directory/erasure/").content.decode()
    page = reverse("admin:directory_erasure_change", args=[Erasure.objects.get().pk])
    assert words in curator.get(page).content.decode()


def test_other_words_than_those_that_were_shown_are_shown_first(curator, listing):
    mark = mark_in(curator.post(erasing(listing), ASKED))
    others = ASKED | {"words": "bakes", "is_sure": "on", "previewed": mark}

    assert "What would go" in curator.post(erasing(listing), others).content.decode()
    assert not Erasure.objects.exists()


def test_what_is_refused_keeps_what_was_typed(curator, listing):
    page = curator.post(erasing(listing), ASKED | {"words": "ab"}).content.decode()

    assert "too short" in page
    assert ">\nab</textarea>" in page


@pytest.mark.parametrize("role", ["editor", "contributor"])
def test_others_remove_nothing(client, listing, role):
    client.force_login(make_user("ben", role=role))

    assert client.post(erasing(listing), ASKED).status_code in {302, 403, 404}
    assert Organization.objects.get().summary == "Zebedea Example bakes."

"""An enterprise asks to speak for itself and comes in by a letter; nobody learns a private address."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from directory.actions import speaking
from directory.models import Mail, SpeakingRequest, Spokesperson
from tests.factories import make_organization, make_user
from tests.web.proposal_pages import no_counts, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(no_counts.__name__)]


@pytest.fixture
def bakery():
    return make_organization(
        "Example Bakery", website="https://bakery.example", email="private@mail.example"
    )


def asked(client, listing, **fields):
    defaults = {
        "name": "Ana",
        "email": "ana@bakery.example",
        "statement": "I bake there.",
        "stamp": stamp(),
    }
    return client.post(claim(listing), defaults | fields)


def claim(listing) -> str:
    return reverse("organization-claim", args=[listing.slug])


def link_in(letter: Mail) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/claims/\S+)", letter.body).group(1)


def page_of(response, status: int = 200) -> str:
    assert response.status_code == status, response
    return response.content.decode()


def test_the_listing_leads_to_the_page_where_one_asks(client, bakery):
    assert claim(bakery) in page_of(client.get(bakery.get_absolute_url()))
    assert "Speak for Example Bakery" in page_of(client.get(claim(bakery)))


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"name": "", "email": ""}, ["name", "email"]),
        ({"email": "nobody", "stamp": "none of ours"}, ["email"]),
        ({"email": "ana@elsewhere.example"}, ["statement"]),
        ({"stamp": "none of ours"}, [""]),
    ],
)
def test_only_what_is_wrong_is_told(client, bakery, typed, faulty):
    statement = "" if "email" in typed else "I bake there."

    response = asked(client, bakery, **{"statement": statement} | typed)

    assert [target for target, _words in response.context["faults"]] == faulty


def test_a_letter_lets_whoever_opens_it_look_after_the_listing(client, bakery):
    asked(client, bakery)
    link = link_in(Mail.objects.get())

    assert "press the button" in page_of(client.get(link))
    assert not Spokesperson.objects.exists()
    response = client.post(link)

    assert response["Location"] == reverse("organization-manage", args=[bakery.slug])
    assert "Your listing: Example Bakery" in page_of(client.get(response["Location"]))
    assert Spokesperson.objects.get().person.role == Role.ENTERPRISE


def test_the_link_works_once(client, bakery):
    asked(client, bakery)
    link = link_in(Mail.objects.get())
    client.post(link)

    assert "Ask for a new one" in page_of(client.post(link), 410)
    assert "This link does not work" in page_of(client.get("/claims/nonsense/"), 410)


def test_the_link_is_too_old_after_some_days(client, bakery):
    asked(client, bakery)
    link = link_in(Mail.objects.get())

    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        page_of(client.post(link), 410)


def test_the_answer_is_the_same_whether_the_address_is_theirs_or_not(client, bakery):
    pages = {
        page_of(client.get(asked(client, bakery, email=email)["Location"]))
        for email in ("private@mail.example", "eve@elsewhere.example")
    }

    assert len(pages) == 1
    assert Mail.objects.get().recipient == "private@mail.example"


def test_a_code_of_an_editor_leads_to_a_letter_anywhere(client, bakery):
    code = speaking.issue_code(bakery, by=make_user(is_editor=True))

    asked(client, bakery, email="ana@elsewhere.example", statement="", code=code)

    client.post(link_in(Mail.objects.get()))
    assert Spokesperson.objects.get().proof == "code"


def test_a_wrong_code_is_said_at_its_field_and_all_that_was_typed_is_kept(client, bakery):
    page = page_of(asked(client, bakery, code="AAAA-BBBB-CCCC"))

    assert '<a href="#code">This code does not work here' in page
    assert 'value="ana@bakery.example"' in page
    assert not SpeakingRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Give your name."),
        ("email", "", "Give your e-mail address."),
        ("email", "ana", "Write an e-mail address"),
        ("statement", "x" * 501, "at most 500"),
        ("name", "An\x00a", "U+0000"),
        ("fax", "1", "Leave this field empty"),
        ("stamp", "forged", "quicker than people type"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(client, bakery, field, typed, words):
    page = page_of(asked(client, bakery, **{field: typed}))

    assert "<title>Error: " in page
    assert words in page
    assert not SpeakingRequest.objects.exists()


def test_only_who_writes_from_its_website_need_not_say_how_they_belong_to_it(client, bakery):
    page = page_of(asked(client, bakery, email="ana@mail.example", statement=""))
    assert "Say how you belong to it, or type the code." in page
    assert not SpeakingRequest.objects.exists()

    asked(client, bakery, statement="")
    assert Mail.objects.get().recipient == "ana@bakery.example"


def test_what_is_typed_is_shown_as_text(client, bakery):
    page = page_of(asked(client, bakery, name="<script>alert(1)</script>", email=""))

    assert "<script>alert(1)" not in page


def test_a_double_click_asks_once(client, bakery):
    same = stamp()
    for _click in range(2):
        assert asked(client, bakery, stamp=same).status_code == 302

    assert Mail.objects.count() == 1


def test_who_asks_too_often_is_told_to_wait(client, bakery, settings):
    settings.SPEAKING_ASKED_PER_HOUR = 1
    asked(client, bakery)

    response = asked(client, bakery)

    assert response.status_code == 429
    assert response["Retry-After"] == "3600"


def test_a_listing_that_many_asked_for_today_waits_until_tomorrow(client, bakery, settings):
    settings.SPEAKING_REQUESTS_MAX = 1
    asked(client, bakery)

    assert "Try again tomorrow" in page_of(asked(client, bakery))


def test_an_editor_signs_in_with_their_second_factor_all_the_same(client, bakery):
    make_user(is_editor=True, email="ana@bakery.example")
    asked(client, bakery)

    response = client.post(link_in(Mail.objects.get()), {"note": "Nothing of this was lost."})

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")
    assert "_auth_user_id" not in client.session


def test_what_is_not_shown_cannot_be_asked_for(client):
    draft = make_organization(published=False)

    assert client.get(claim(draft)).status_code == 404

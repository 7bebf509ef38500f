"""The foot of every page leads to one's own account, whether or not one has signed in."""

import pytest

from accounts.models import Role
from directory.models import Spokesperson
from tests.accounts.pages import ADMIN, LOGIN, words_of
from tests.factories import make_organization, make_user
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db
ACCOUNT = "/accounts/"


def test_the_foot_is_the_same_for_whoever_reads_it(client):
    before = client.get("/")
    signed_in(client, make_user("ana", is_editor=True))
    after = client.get("/")

    assert f'<a href="{ACCOUNT}" rel="nofollow">Your account</a>' in before.content.decode()
    assert before.content == after.content


def test_whoever_has_not_signed_in_does_so_first_and_comes_to_their_work(visit):
    assert visit.client.get(ACCOUNT)["Location"] == LOGIN
    make_user("ana", is_editor=True)
    make_user("bob")

    assert visit.sign_in("ana", next="")["Location"] == ADMIN
    visit.client.logout()
    assert visit.sign_in("bob", next="")["Location"] == ACCOUNT


def test_it_says_who_is_signed_in_as_what_and_for_whom_they_speak(client):
    bakery = make_organization("Example Bakery")
    ana = make_user("ana", role=Role.ENTERPRISE, first_name="Ana", last_name="O'Neil")
    Spokesperson.objects.create(organization=bakery, person=ana, proof="mail")
    signed_in(client, ana)

    response = client.get(ACCOUNT)

    assert "Ana O'Neil. Your role here: Speaks for an enterprise" in words_of(response).replace(
        "&#x27;", "'"
    )
    assert f"{bakery.get_absolute_url()}manage/" in response.content.decode()
    assert 'action="/accounts/logout/"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "Signed in as" in words_of(client.get(f"{bakery.get_absolute_url()}manage/"))

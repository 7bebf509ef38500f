"""Which searches of the results page are counted as gaps, and that counting never shows."""

import threading

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction

from directory.models import Gap
from tests.factories import make_organization, make_user
from tests.web.pages import heading, page

PERSON = {"headers": {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}}
PATIENCE_SECONDS = 300  # Of a loaded machine.
ROBOT = "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://example.org/bot)"


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


def get(client, query: str, **headers: str):
    response = client.get(f"/organizations/?{query}", **PERSON, **headers)
    assert response.status_code == 200
    return response


@pytest.mark.django_db
def test_a_search_that_finds_nothing_is_counted_once_for_each_address(client):
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        get(client, "q=childcare", REMOTE_ADDR=address)

    assert list(Gap.objects.values_list("words", "count")) == [("", 2)]


@pytest.mark.django_db
def test_a_page_with_hits_writes_nothing(client, django_capture_on_commit_callbacks):
    make_organization("Example Childcare")

    get(client, "q=childcare")

    assert not Gap.objects.exists()


@pytest.mark.django_db
def test_robots_pages_fetched_ahead_and_heads_are_not_counted(client):
    client.get("/organizations/?q=childcare", headers={"user-agent": ROBOT})
    client.get("/organizations/?q=childcare")
    client.head("/organizations/?q=childcare", **PERSON)
    ahead = {"user-agent": PERSON["headers"]["user-agent"], "sec-purpose": "prefetch"}
    client.get("/organizations/?q=childcare", headers=ahead)

    assert not Gap.objects.exists()


@pytest.mark.django_db
def test_turning_pages_of_nothing_is_not_counted(client):
    client.get("/organizations/?q=childcare&page=2", **PERSON)

    assert not Gap.objects.exists()


@pytest.mark.django_db
def test_editors_are_not_counted(client):
    client.force_login(make_user("ana", is_editor=True))

    get(client, "q=childcare")

    assert not Gap.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_busy_costs_the_count_and_not_the_page(client):
    has_locked, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():  # On SQLite this takes the one lock of writers.
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE directory_gap IN ACCESS EXCLUSIVE MODE")
            has_locked.set()
            may_go.wait()
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert has_locked.wait(PATIENCE_SECONDS)
    try:
        html = get(client, "q=childcare").content.decode()
    finally:
        may_go.set()
        holder.join()

    assert heading(html) == "No results for “childcare”"
    assert not Gap.objects.exists()
    get(client, "q=childcare")
    assert Gap.objects.get().count == 1


class CacheThatIsAway(LocMemCache):
    """A shared cache that nobody answers for."""

    def add(self, *arguments, **options):
        raise ConnectionError


@pytest.mark.django_db
def test_a_cache_that_is_away_costs_the_count_and_not_the_page(client, settings):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.CacheThatIsAway"}}

    assert heading(get(client, "q=childcare").content.decode()) == "No results for “childcare”"
    assert not Gap.objects.exists()


@pytest.mark.django_db
def test_the_privacy_page_says_what_is_kept_as_long_as_it_is(client, settings):
    said = "If a search finds nothing, we count"
    assert said in client.get("/about/privacy/").content.decode()
    settings.SEARCH_GAPS = False
    assert said not in client.get("/about/privacy/").content.decode()
    assert "No results" in page(client, "q=childcare")

"""A real Chromium against a running site with demo listings."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from directory.actions import organizations, places, sources, vocabulary
from directory.exchange import fixtures
from directory.models import Door

# Playwright's own event loop runs in this thread; Django would take that for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
LISTINGS = 150
# How long a page is waited for; what is there ends the wait, so only a loaded machine needs it.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str | None:
    """The Chromium of this machine; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


def load_some_demo_listings() -> None:
    """The vocabulary, a spread of the demo listings, and the places that these name."""
    for file in fixtures.taxonomy():
        entry = fixtures.read_json(file)
        vocabulary.load_terms(entry["scheme"], entry["terms"])
    documents = list(fixtures.read_documents())
    documents = documents[:: max(len(documents) // LISTINGS, 1)]
    named = {
        part["place"]
        for document in documents
        for part in [*document.get("locations", []), *document.get("service_areas", [])]
        if part.get("place")
    } | {"us/district-of-columbia/washington", "us/maryland/takoma-park"}
    wanted = {"/".join(path.split("/")[:depth]) for path in named for depth in (1, 2, 3)}
    places.load_places(row for row in fixtures.read_gazetteer() if row["path"] in wanted)
    sources.load_sources(fixtures.read_json(fixtures.demo_sources()))
    for document in documents:
        row = organizations.add(document, by=None, door=Door.IMPORT)
        organizations.publish(row, by=None, door=Door.IMPORT)


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """The address of a running site; its rows are gone afterwards."""
    with django_db_blocker.unblock():
        load_some_demo_listings()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests here."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium found: install one, or set CHROMIUM to its path")
    flags = FLAGS if os.geteuid() else [*FLAGS, "--no-sandbox"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=flags)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh tab whose script errors and refused loads fail the test."""
    context = browser.new_context(base_url=site, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.on(
        "request",
        lambda asked: None if asked.url.startswith((site, "data:")) else faults.append(asked.url),
    )
    yield tab
    context.close()
    assert faults == []

"""Draws the pictures of the README from a directory with demo listings: `make screenshots`.

Serves the directory's own database on a free port, walks to each page, and writes
docs/screenshots/*.png. The admin's picture is of a passing editor who is gone afterwards.
"""

import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

from tests.browser.sign_in import sign_in
from tests.run import free_port

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 860}
SECONDS_TO_START = 60


@contextmanager
def running_site() -> Iterator[str]:
    """The address of a server over this directory's database."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(SECONDS_TO_START):
            try:
                urllib.request.urlopen(f"{address}/readyz")
                break
            except OSError:
                time.sleep(1)
        yield address
    finally:
        server.terminate()
        server.wait()


@contextmanager
def passing_editor() -> Iterator[tuple[str, str]]:
    """The name and password of an editor who exists only inside the block."""
    from accounts.models import User
    from tests.second_factors import add_second_factor

    name, password = f"picture-{secrets.token_hex(4)}", secrets.token_urlsafe(16)
    editor = User.objects.create_superuser(name, password=password)
    add_second_factor(editor)
    try:
        yield name, password
    finally:
        editor.delete()


def draw(page: Page, address: str, name: str) -> None:
    """One picture."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def draw_all(page: Page, site: str) -> None:
    """All pictures of the README."""
    results = f"{site}/organizations/?q=credit+union&near=Washington,DC&radius=25"
    draw(page, f"{site}/", "home")
    draw(page, results, "results")
    page.goto(results)
    draw(page, page.locator(".hit h3 a").first.evaluate("link => link.href"), "listing")
    with passing_editor() as (name, password):
        page.goto(f"{site}/admin/")
        sign_in(page, name, password)
        page.goto(f"{site}/admin/directory/organization/?q=credit")
        draw(page, page.locator(".field-name a").first.evaluate("link => link.href"), "admin")


def main() -> None:
    """Draw everything."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solidarity.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    from tests.browser.conftest import FLAGS, chromium_path

    FOLDER.mkdir(parents=True, exist_ok=True)
    flags = FLAGS if os.geteuid() else [*FLAGS, "--no-sandbox"]
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        draw_all(browser.new_page(viewport=SIZE), site)
        browser.close()


if __name__ == "__main__":
    main()

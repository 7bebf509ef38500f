"""Signing in as people do: name and password, then a code."""

from playwright.sync_api import Page


def sign_in(page: Page, name: str, password: str = "correct horse battery staple") -> None:
    """Fill in the two pages that stand before the admin."""
    from tests.second_factors import code_now

    page.fill("#id_login", name)
    page.fill("#id_password", password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.fill("#id_code", code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()

"""Reading a results page as a visitor would."""

import re
from html import unescape

from django.test import Client

LIST = "/organizations/"


def page(client: Client, query: str = "", status: int = 200) -> str:
    """The HTML of a results page."""
    response = client.get(f"{LIST}?{query}" if query else LIST)
    assert response.status_code == status, response
    return response.content.decode()


def heading(html: str) -> str:
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S).group(1)).strip()


def title(html: str) -> str:
    return unescape(re.search(r"<title>(.*?)</title>", html, re.S).group(1))


def names(html: str) -> list[str]:
    """The names of the listings, in order."""
    return [unescape(name) for name in re.findall(r'<h3><a href="[^"]+">(.*?)</a></h3>', html)]


def links(html: str) -> list[str]:
    """Addresses that the page links to; those of other questions in full."""
    found = [unescape(link) for link in re.findall(r'href="([^"]*)"', html)]
    return [LIST + link if link.startswith("?") else link for link in found]

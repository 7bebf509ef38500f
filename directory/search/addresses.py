"""Addresses of websites, and the key under which each is found.

A domain of one's own is the key. On a host where many have a page, the page is: everybody is on
facebook.com, one enterprise is at facebook.com/its.name.
"""

import re
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings

# Hosts on which many have a page, besides those of settings.SHARED_DOMAINS: to share one says nothing.
SHARED_HOSTS = frozenset(
    """
    twitter.com x.com linkedin.com youtube.com tumblr.com meetup.com mastodon.social
    opencollective.com pitchero.com localharvest.org eventbrite.com gofundme.com patreon.com
    maps.transitionnetwork.org transitionnetwork.org goo.gl bit.ly tinyurl.com forms.gle
    squarespace.com jimdofree.com jimdo.com godaddysites.com strikingly.com medium.com
    e-voice.org.uk btck.co.uk webs.com notion.site carrd.co vk.com t.me wa.me
    docs.google.com drive.google.com maps.google.com
    """.split()
)
# What such a host is called by telephones and in other languages: m., pt-pt.
_EDITION = re.compile(r"(?:m|mobile|web|[a-z]{2}(?:-[a-z]{2})?)\.")


def domain_of(address: str) -> str:
    """`https://www.example.coop/about` → example.coop; "" for what is no address."""
    parts = _split(address)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def website_key(address: str) -> str:
    """What the website of a listing is found by; "" for no address, and for a shared host alone.

    `https://www.facebook.com/Example.Bakery/?ref=1` → facebook.com/example.bakery
    """
    return next(iter(sought_keys(address)), "")


def sought_keys(address: str) -> list[str]:
    """The keys that an address may mean, the narrowest first: somebody may have pasted a page
    within that of the listing."""
    host, parts = _edition_left_out(domain_of(address)), _split(address)
    if not parts or not is_shared(host):
        return [host] if host else []
    steps = [step for step in unquote(parts.path).casefold().split("/") if step]
    pages = ["/".join([host, *steps[:end]]) for end in range(len(steps), 0, -1)]
    # The only parameter that tells pages from each other: profile.php?id=61550000000000.
    number = parse_qs(parts.query).get("id", [""])[0]
    return [f"{pages[0]}?id={number}", *pages[1:]] if pages and number else pages


def is_shared(host: str) -> bool:
    """Whether many have a page at this very host."""
    return host in SHARED_HOSTS or host in settings.SHARED_DOMAINS


def _edition_left_out(host: str) -> str:
    rest = _EDITION.sub("", host, count=1) if _EDITION.match(host) else host
    return rest if is_shared(rest) else host


def _split(address: str) -> SplitResult | None:
    """The parts of what may be an address, None for what is none."""
    if "." not in address or " " in address:
        return None
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        return parts if parts.hostname else None
    except ValueError:
        return None

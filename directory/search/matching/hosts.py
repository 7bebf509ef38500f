"""Websites that speak for one enterprise."""

from urllib.parse import urlsplit

from directory.search.addresses import is_shared

# Below these, names are given out two steps deep: example.co.uk, example.org.br.
SECOND_LEVELS = frozenset(
    "ac asn co com coop edu go gob gouv gov id ltd me net nhs or org sch".split()
)


def host_of(website: str) -> str:
    """The host of an address that speaks for one enterprise; "" for none or a shared one."""
    try:
        host = (urlsplit(website if "://" in website else f"//{website}").hostname or "").lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.").rstrip(".")
    if "." not in host or _is_shared(host):
        return ""
    return host


def domain_of_host(host: str) -> str:
    """The part of a host that somebody registered: `shop.example.co.uk` → example.co.uk.

    Told by the usual second levels below country codes, not by a list of all suffixes: a host that
    this takes too short is shared by many, and then it says little (see scoring).
    """
    labels = host.split(".")
    is_deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS
    return ".".join(labels[-3 if is_deep else -2 :])


def _is_shared(host: str) -> bool:
    labels = host.split(".")
    return any(is_shared(".".join(labels[i:])) for i in range(len(labels) - 1))

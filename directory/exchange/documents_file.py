"""Listings as NDJSON: a line for each, its whole public document with a few members beside.

An import passes over members that documents do not have.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from directory.exchange.listed import Listed
from directory.exchange.rows import Rows, as_json

LINES_AT_ONCE = 200
# What a line has beside its document's members.
BESIDE = "uid url version verification published_at updated_at licence attribution".split()


def document_lines(listings: Iterable[Listed], rows: Rows) -> Iterator[bytes]:
    """The lines, some hundred at a time."""
    held: list[str] = []
    for listed in listings:
        held.append(as_json(line_of(listed, rows)))
        if len(held) == LINES_AT_ONCE:
            yield ("\n".join(held) + "\n").encode()
            held = []
    yield "".join(f"{line}\n" for line in held).encode()


def line_of(listed: Listed, rows: Rows) -> dict[str, Any]:
    """What a line says: who it is, how well it is known, whom to name; then its document's members."""
    return {
        "uid": listed.uid,
        "url": rows.address(listed),
        "version": listed.version,
        "verification": listed.verification,
        "published_at": listed.published_at,
        "updated_at": listed.updated_at,
        "licence": settings.SITE_LICENCE if listed.is_reusable else "",
        "attribution": rows.licences.attribution(listed.document),
        **listed.document,
    }

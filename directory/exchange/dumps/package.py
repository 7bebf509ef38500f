"""datapackage.json: what a dump holds, as Frictionless Data Package 2.0 has it."""

import datetime
import json
import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from directory.exchange.dumps.fields import Table
from directory.exchange.dumps.files import Draft
from directory.exchange.licences import Licences
from directory.exchange.listed import moment
from directory.models import Source

PROFILES = "https://datapackage.org/profiles/2.0"
DIALECT = {
    "$schema": f"{PROFILES}/tabledialect.json",
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def table_resource(table: Table, draft: Draft) -> dict[str, Any]:
    """A table as a resource."""
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        **_file(draft, "csv", "text/csv"),
        "dialect": DIALECT,
        "schema": table.schema(),
    }


def file_resource(name: str, description: str, draft: Draft, media_type: str) -> dict[str, Any]:
    """A file that is no table as a resource."""
    ending = draft.path.suffix.removeprefix(".")
    return {"name": name, "description": description, **_file(draft, ending, media_type)}


def descriptor(
    version: str,
    begun_at: datetime.datetime,
    licences: Licences,
    resources: list[dict[str, Any]],
    counts: dict[str, Any],
) -> str:
    """The whole descriptor as a text. `counts` are members of our own: how many listings …"""
    site = settings.SITE_URL
    licence, licence_url = licences.of_file
    found = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": slugify(settings.SITE_NAME),
        "id": f"{site}{reverse('data-file', args=[version, 'datapackage.json'])}",
        "title": settings.SITE_NAME,
        "description": "Published listings of the solidarity economy, the terms that describe them, "
        "and their sources. Everything in it may be passed on under the licence, with credit.",
        "homepage": f"{site}{reverse('data')}",
        "version": version,
        "created": moment(begun_at),
        "keywords": ["solidarity economy", "cooperatives"],
        "licenses": [{"name": licence_name(licence), "path": licence_url, "title": licence}],
        "contributors": [{"title": settings.SITE_NAME, "path": f"{site}/", "roles": ["publisher"]}],
        "sources": [*map(_source, licences.shared.values())],
        **counts,
        "resources": resources,
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def licence_name(licence: str) -> str:
    """CC BY 4.0 → CC-BY-4.0, as licence identifiers are written."""
    return re.sub(r"[^-A-Za-z0-9._]+", "-", licence).strip("-")


def _source(source: Source) -> dict[str, str]:
    return {"title": source.name} | ({"path": source.url} if source.url else {})


def _file(draft: Draft, form: str, media_type: str) -> dict[str, Any]:
    return {
        "path": draft.path.name,
        "format": form,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": draft.bytes,
        "hash": f"sha256:{draft.sha256}",
    }

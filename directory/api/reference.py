"""The reference page /api/: plain HTML, made from the OpenAPI document and answers of this site."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.api import openapi
from directory.api.examples import Example, examples_of
from directory.api.problems import STATUSES

KEEP_SECONDS = 600  # Examples are read anew every ten minutes.


@dataclass(frozen=True)
class Entry:
    """One call on the page."""

    id: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, str]]
    example: Example


@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    """Every call with its parameters, a command to copy and the answer it gives here."""
    document = openapi.document(get_language())
    examples = kept_examples(request)
    entries = entries_of(document, examples)
    context = {
        "tags": [
            {**tag, "entries": entries[tag["name"]]}
            for tag in document["tags"]
            if tag["name"] in entries
        ],
        "first": examples["listOrganizations"],
        "fault": examples["fault"],
        "problems": problems(),
        "rate": settings.API_RATE,
        "openapi_url": reverse("api:openapi"),
        "document_schema_url": reverse("api:document-schema"),
    }
    return render(request, "directory/api_reference.html", context)


def kept_examples(request: HttpRequest) -> dict[str, Example]:
    """The answers this site gives, kept for a while: they cost as much as ten calls."""
    key = f"api-examples:{get_language()}:{request.get_host()}"
    found = cache.get(key)
    if found is None:
        found = examples_of(request)
        cache.set(key, found, KEEP_SECONDS)
    return found


def entries_of(document: dict[str, Any], examples: dict[str, Example]) -> dict[str, list[Entry]]:
    """The calls of the OpenAPI document by tag, in its order."""
    entries: dict[str, list[Entry]] = {}
    for path, methods in document["paths"].items():
        call = methods["get"]
        entry = Entry(
            id=call["operationId"],
            path=path,
            summary=call["summary"],
            description=call["description"],
            parameters=[row_of(parameter) for parameter in call["parameters"]],
            example=examples[call["operationId"]],
        )
        entries.setdefault(call["tags"][0], []).append(entry)
    return entries


def row_of(parameter: dict[str, Any]) -> dict[str, str]:
    """A parameter as a row of the table."""
    example = parameter.get("example", "")
    if isinstance(example, list):
        example = example[0]
    schema = parameter["schema"].get("items", parameter["schema"])
    return {
        "name": parameter["name"],
        "example": json.dumps(example) if isinstance(example, bool) else str(example),
        "description": parameter["description"],
        "values": ", ".join(c for c in schema.get("enum", []) if c and c[0] != "-"),
        "is_required": parameter["required"],
    }


def problems() -> list[dict[str, Any]]:
    """Every status of a fault, what it means and what to do about it."""
    remedies = {
        400: _("The answer names each parameter. Nothing is guessed."),
        404: _("Check the address. A page past the end of a list is not there either."),
        405: _("Use GET, HEAD or OPTIONS."),
        406: _("The answer says what there is. Or leave Accept out."),
        410: _("The listing was taken down. Remove it from your copy."),
        412: _("Fetch it again."),
        429: _("Retry-After says how many seconds to wait."),
        500: _("Send us the request_id."),
        503: _("Retry-After says how many seconds to wait."),
    }
    return [
        {"status": status, "title": STATUSES[status][0], "remedy": remedy}
        for status, remedy in remedies.items()
    ]
